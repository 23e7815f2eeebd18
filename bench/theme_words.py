"""Seed words for the 27 themes of the hospital comments, written from the names of the themes only.

Nobody read a comment for them: they show what a codebook alone is worth before anybody has coded.
"""

from collections.abc import Sequence

from feedback.analysis.codebook import Codebook, Theme

# name of the theme: seeds, commas between them
_SEEDS = {
    "Organisation & efficiency": """
        organised, disorganised, efficient, efficiently, inefficient, well run, badly
        run, chaotic, chaos, smooth, smoothly, system, process, admin, paperwork,
        shambles, planning, muddle
    """,
    "Funding & use of financial resources": """
        funding, funded, money, budget, cost, costs, cuts, waste of money, underfunded,
        finances, pay, resources, investment
    """,
    "Staff manner & personal attributes": """
        friendly, kind, kindness, caring, polite, rude, helpful, unhelpful,
        compassionate, considerate, patient with me, pleasant, lovely staff, lovely
        people, attitude, cheerful, respectful, disrespectful, courteous, understanding,
        manner, warm, nice staff, attentive, welcoming, supportive, gentle, smile,
        approachable, sympathetic, empathy, abrupt, arrogant, lovely, staff,
        professional, nice, caring staff
    """,
    "Competence & training": """
        competent, incompetent, training, trained, untrained, skill, skilled, knowledge,
        knowledgeable, expert, expertise, qualified, experienced, inexperienced,
        mistake, knew what they were doing, professionalism, error
    """,
    "Unspecified communication": """
        communication, communicate, communicating, poor communication, better
        communication, lack of communication
    """,
    "Staff listening, understanding & involving patients": """
        listen, listened, listening, understanding, understood, involve, involved, being
        heard, heard, ignored, dismissed, not believed, took time, talk to, someone to
        talk to, talk, opinion, my needs, decisions, took me seriously, felt understood,
        support
    """,
    "Information directly from staff during care": """
        explain, explained, explanation, explained everything, told me what, answered my
        questions, questions, answers, advice, clear explanation, information from
        staff, explained clearly
    """,
    "Information provision & guidance": """
        information, leaflet, leaflets, guidance, booklet, website, written information,
        advice, signposting, resources, literature, instructions, more information
    """,
    "Being kept informed, clarity & consistency of information": """
        kept informed, informed, update, updates, updated, not told, keep me informed,
        let me know, conflicting information, wrong information, unclear, clarity,
        confusing, no idea what, told different, notified, know what time, text message
    """,
    "Contacting services": """
        phone, telephone, phone call, call back, answer the phone, ring, rang, contact,
        contacted, contacting, email, get through, on hold, call centre, helpline,
        number, phoned, answering, calls, operator, cancel
    """,
    "Appointment arrangements": """
        appointment, appointments, booking, booked, book, cancelled, rescheduled,
        reschedule, appointment time, availability, evening appointments, more
        appointments, sessions, more sessions, regular appointments, longer sessions
    """,
    "Appointment method": """
        face to face, video, video call, online, zoom, telephone appointment, phone
        appointment, in person, virtual, remote, teams, home visit
    """,
    "Timeliness of care": """
        waiting time, waiting, wait, waited, waits, delay, delays, late, quick, quickly,
        prompt, promptly, on time, hours, long time, too long, slow, fast, early, time,
        waiting list, punctual, speed, seen quickly, response time, sooner, arrived
    """,
    "Discharge": """
        discharge, discharged, sent home, going home, left hospital, released, after
        discharge, aftercare
    """,
    "Cleanliness, tidiness & infection control": """
        clean, cleanliness, dirty, tidy, tidiness, hygiene, hygienic, infection, covid,
        mask, masks, ppe, sanitiser, spotless, filthy, cleaning, smell
    """,
    "Service location": """
        location, distance, too far, closer, nearer, local, travel, nearer home, closer
        to home, miles, easy to get to, convenient
    """,
    "Transport to/ from services": """
        transport, ambulance, taxi, driver, drivers, car, bus, picked up, pick up,
        collected, journey, lift, vehicle, drive, driving, taken home, took me home,
        patient transport, crew, parking, drop off, travel, pickup, hospital and back
    """,
    "Feeling safe": """
        safe, safety, unsafe, felt safe, secure, frightened, scared, security, safely,
        violence, threatened
    """,
    "Mental Health Act": """
        section, sectioned, mental health act, detained, leave, tribunal, rights,
        section 2, section 3, freedom, ward, advocate, section 17, released
    """,
    "Supplying & understanding medication": """
        medication, medicine, tablets, drugs, prescription, side effects, pills, dose,
        meds, prescribed, pharmacy, pain relief, injection
    """,
    "Activities & access to fresh air": """
        activities, activity, fresh air, garden, outside, walks, bored, boring, gym,
        art, exercise, outdoors, things to do, games, music, nothing to do, crafts, tv,
        groups
    """,
    "Food & drink provision & facilities": """
        food, drink, meal, meals, tea, coffee, water, lunch, dinner, breakfast, menu,
        hungry, snacks, vegetarian, sandwich, canteen, vending, drinks, portions
    """,
    "Interaction with family/ carers": """
        family, carer, carers, husband, wife, mother, mum, father, daughter, son,
        relatives, parents, visitors, visiting, my family, loved ones, partner, visits
    """,
    "Positive experience & gratitude": """
        thank, thank you, thanks, grateful, excellent, great, brilliant, amazing,
        fantastic, good service, very good, excellent service, wonderful, happy,
        satisfied, pleased, perfect, first class, could not fault, no complaints,
        nothing to improve, cannot fault, appreciated, appreciate, good experience, keep
        up the good work, outstanding, superb, well done, nothing, everything was fine,
        all good, everything, very happy, recommend
    """,
    "Staffing levels & responsiveness": """
        more staff, short staffed, understaffed, staffing, not enough staff, lack of
        staff, staff shortage, shortages, busy, overworked, agency, more drivers, more
        nurses, more doctors, staff levels, responsive, more ambulances, bank staff
    """,
    "Continuity of care": """
        continuity, same person, different people, same doctor, same nurse, consistency,
        consistent, follow up, regular, passed around, handover, different doctor,
        continued, ongoing, transition, same worker, changes of staff, key worker,
        continue
    """,
    "Environment, facilities & equipment": """
        environment, facilities, equipment, room, rooms, building, toilet, toilets, bed,
        beds, chair, wheelchair, comfortable, uncomfortable, noise, noisy, heating,
        cold, bathroom, shower, waiting room, car park, seats, seating, wifi, furniture,
        decor
    """,
}


def codebook(columns: Sequence[str]) -> Codebook:
    """The themes in the order of the file's columns."""
    return Codebook(
        "hospital comments",
        1,
        tuple(
            Theme(f"t{at}", name, seeds=tuple(seed.strip() for seed in _SEEDS[name].split(",")))
            for at, name in enumerate(columns)
        ),
    )


def bare(columns: Sequence[str]) -> Codebook:
    """The themes with their names and nothing else."""
    themes = (Theme(f"t{at}", name) for at, name in enumerate(columns))
    return Codebook("hospital comments, names only", 1, tuple(themes))
