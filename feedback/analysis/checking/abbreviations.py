"""Abbreviations around SEND in England, each with a meaning that can go into a glossary.

The meaning stands first in words of daily life, then in the words of the law or of the service.
"""

ABBREVIATIONS: dict[str, str] = {
    "AAC": "Ways to talk without speaking, such as pictures or a machine.",
    "ADHD": "It is hard to sit still. It is hard to listen for long.",
    "AP": "Lessons outside a school, paid for by the council. In full: alternative provision.",
    "APDR": "Find out, plan, do it, look again. In full: assess, plan, do, review.",
    "ASC": "Autism. In full: autism spectrum condition.",
    "ASD": "Autism. In full: autistic spectrum disorder.",
    "BSL": "British Sign Language: talking with hands.",
    "CAMHS": "Help for children who feel very sad or worried. "
    "In full: child and adolescent mental health services.",
    "CDC": "A place where doctors see how a child grows. In full: child development centre.",
    "CIN": "A child who gets help from a social worker. In full: child in need.",
    "CLA": "A child who lives with carers, not with their parents. In full: child looked after.",
    "CP": "Keeping a child safe from harm. In full: child protection.",
    "CQC": "They check that health care is safe and good. In full: Care Quality Commission.",
    "DCO": "A health worker who helps health and school to work together. "
    "In full: designated clinical officer.",
    "DFE": "The part of the government that looks after schools. "
    "In full: Department for Education.",
    "DLA": "Money for a child who needs extra care. In full: disability living allowance.",
    "DMO": "A doctor who helps health and school to work together. "
    "In full: designated medical officer.",
    "DSCO": "A social worker who helps social care and school to work together. "
    "In full: designated social care officer.",
    "DSL": "The person at school who keeps children safe. In full: designated safeguarding lead.",
    "EBSA": "A child is too worried to go to school. In full: emotionally based school avoidance.",
    "EHA": "A first talk about what help a family needs. In full: early help assessment.",
    "EHC": "Help to learn, help with health, and care. In full: education, health and care.",
    "EHCNA": "Finding out if a child needs a plan. "
    "In full: education, health and care needs assessment.",
    "EHCP": "A plan that says what help a child must get. "
    "In full: education, health and care plan.",
    "EHE": "Parents teach their child at home. In full: elective home education.",
    "EOTAS": "Lessons away from school, set up by the council. "
    "In full: education otherwise than at school.",
    "EP": "Someone who finds out how a child learns. In full: educational psychologist.",
    "EYFS": "What children learn before they are 5. In full: early years foundation stage.",
    "FASD": "Harm from alcohol before birth. In full: fetal alcohol spectrum disorder.",
    "FSM": "Free school meals.",
    "GP": "A family doctor. In full: general practitioner.",
    "HI": "A person hears little or nothing. In full: hearing impairment.",
    "HV": "A nurse who sees families with babies. In full: health visitor.",
    "IASS": "A free service that gives advice to families. "
    "In full: information, advice and support service.",
    "ICB": "The group that plans health care in an area. In full: integrated care board.",
    "IEP": "A plan for how a child learns at school. In full: individual education plan.",
    "ILP": "A plan for how a person learns at college. In full: individual learning plan.",
    "KS1": "Years 1 and 2 at school. In full: key stage 1.",
    "KS2": "Years 3 to 6 at school. In full: key stage 2.",
    "KS3": "Years 7 to 9 at school. In full: key stage 3.",
    "KS4": "Years 10 and 11 at school. In full: key stage 4.",
    "LA": "The council. In full: local authority.",
    "LAC": "A child who lives with carers, not with their parents. In full: looked-after child.",
    "LADO": "The person at the council who looks into harm by staff. "
    "In full: local authority designated officer.",
    "LSA": "A person who helps a child in lessons. In full: learning support assistant.",
    "MASH": "A team that keeps children safe. In full: multi-agency safeguarding hub.",
    "MDT": "People from different jobs who help a child together. "
    "In full: multi-disciplinary team.",
    "MLD": "Learning takes more time. In full: moderate learning difficulty.",
    "MSI": "A person sees and hears little. In full: multi-sensory impairment.",
    "NEET": "A young person with no school, training or work. "
    "In full: not in education, employment or training.",
    "NHS": "Doctors, nurses and hospitals. In full: National Health Service.",
    "ODD": "A child often gets angry with people who tell them what to do. "
    "In full: oppositional defiant disorder.",
    "OT": "Someone who helps people do daily things. In full: occupational therapist.",
    "PA": "A person you pay to help you. In full: personal assistant.",
    "PCF": "A group of parents who speak for families. In full: parent carer forum.",
    "PD": "A body that moves or works in another way. In full: physical disability.",
    "PDA": "A person feels too worried to do what others ask. "
    "In full: pathological demand avoidance.",
    "PECS": "Talking with cards. In full: picture exchange communication system.",
    "PEP": "A school plan for a child in care. In full: personal education plan.",
    "PFA": "Getting ready for adult life. In full: preparing for adulthood.",
    "PIP": "Money for a disabled adult. In full: personal independence payment.",
    "PMLD": "A person needs help with everything. "
    "In full: profound and multiple learning difficulty.",
    "PRU": "A small school for children who had to leave their school. "
    "In full: pupil referral unit.",
    "SALT": "Help with talking. In full: speech and language therapy.",
    "SEF": "What a service says about its own work. In full: self-evaluation form.",
    "SEMH": "Feelings, worries and how a child acts. In full: social, emotional and mental health.",
    "SEN": "More help to learn than others need. In full: special educational needs.",
    "SENCO": "The teacher who plans help for children with extra needs. "
    "In full: special educational needs coordinator.",
    "SEND": "More help to learn than others need, or a disability. "
    "In full: special educational needs and disabilities.",
    "SENDIASS": "A free service that gives advice to families. In full: special educational "
    "needs and disabilities information, advice and support service.",
    "SENDIST": "Judges who decide when a family and the council do not agree. "
    "In full: special educational needs and disability tribunal.",
    "SLCN": "A person finds it hard to talk or to understand words. "
    "In full: speech, language and communication needs.",
    "SLD": "Learning takes much more time. In full: severe learning difficulty.",
    "SLT": "Help with talking. In full: speech and language therapy.",
    "SPLD": "One part of learning is hard, such as reading. In full: specific learning difficulty.",
    "TA": "A person who helps the teacher. In full: teaching assistant.",
    "TAC": "A meeting of all who help a child. In full: team around the child.",
    "TAF": "A meeting of all who help a family. In full: team around the family.",
    "VI": "A person sees little or nothing. In full: vision impairment.",
}

# Everybody says these; nobody says them in full.
COMMON = frozenset("AM BBC CD CV DIY DVD FAQ ID IT OK PC PE PM PIN TV UK US USA USB".split())
# In the usual words these need no explaining in England.
COMMON_IN_STANDARD = frozenset({"GP", "NHS"})
