"""What words say about how somebody feels, in comments about help for children.

Values run from -3 (very bad) to 3 (very good). They are our own judgement and none was taken from
the demonstration's comments, which they are measured on.
"""

# Terms that only name something: words in them say nothing about feelings.
NAMES_OF_THINGS = """
    to be honest; honestly;
    special needs; special educational needs; special school; special schools; special education;
    specialist; specialist school; mental health; social worker; social care; social workers;
    complex needs; severe learning difficulties; severe; profound; learning difficulties; learning
    difficulty; learning disability; learning disabilities; disabled; disability; hard of hearing;
    deaf; blind; autistic; autism; early help; early years; early intervention; mainstream; short
    breaks; short break; good practice; best practice; good morning; good afternoon; great
    grandmother; high school; high needs; full time; part time; right to choose; blue badge; local
    offer; main; new school; second; last year; first; young people; young person; old; free
    school meals; physical; emotional; sensory needs; sensory room; quiet room; quiet space; quiet
    area; fair; christmas fair; information fair; support group; support worker; support worker;
    family support; support plan; support staff; sen support; support needs; open day; open
    evening; safe space; safeguarding; challenging behaviour; difficult behaviour; behaviour
    policy; worry box; key; live; living; sick note; clear; crisis team; pain clinic; concerns; in
    general; black; white; red; green; blue; cold drinks; hot drinks; cool down; kind of; sort of;
    like this; like that; like him; like her; like my; like mine; things like; feel like; felt
    like; looks like; would like; i'd like; at least; at all; in particular; good idea if; better
    if; be better; be nice; be good; be great; be helpful; be useful; be lovely; be interesting
"""

PHRASES = {
    3: """
        10/10; 100%; 5 stars; above and beyond; absolute credit; best day; best day ever; best
        thing; blown away; can't fault; can't praise; can't thank; cannot fault; cannot praise;
        cannot thank; changed our lives; could not be better; could not fault; could not have been
        better; couldn't be better; couldn't fault; couldn't have been better; eternally grateful;
        first class; five stars; go the extra mile; life changing; life saver; lifesaver; loved
        every; loved everything; loved it; made such a difference; nothing could be better;
        nothing could have been better; over the moon; second to none; so grateful; so happy with;
        spot on; ten out of ten; thank you so much; went the extra mile; worth their weight in
        gold
        """,
    2: """
        all good; always available; always there; answered all; answered my; asked my opinion;
        asked what; asks to go; at ease; at long last; be herself; be himself; believed; believed
        me; believed us; belong; belongs; big help; big improvement; blossomed; by our side;
        calmer; came on leaps and bounds; can be myself; can talk; come a long way; coming on;
        doing really well; doing well; easy read was good; easy to find; easy to follow; easy to
        get; easy to reach; easy to understand; easy to use; enjoyed; enough time; everything was
        good; everything was great; explained everything; explained it well; explained things;
        explains things; eye opener; eye opening; feel confident; feel heard; feel included; feel
        listened to; feel safe; feel safer; feel supported; feel valued; feel welcome; felt
        confident; felt heard; felt included; felt listened to; felt safe; felt supported; felt
        valued; felt welcome; fights for; finally got; first words; fits in; fought for; gained
        confidence; gets the support; getting better; go out of their way; goes out of her way;
        going out of their way; good progress; good work; got back to me; got back to us; got
        better; got her into; got him into; got the support; great help; had time for; happy
        place; happy with; has a friend; has friends; has improved; have improved; he likes; he
        loves; helped a lot; helped her; helped him; helped me; helped us; helps a lot; helps her;
        helps him; helps me; highly recommend; i like; i liked; i love; improved a lot;
        involved from; it was all good; joined in; joins in; keep doing what; keep it up; keep up
        the good; keeps us informed; kept informed; kept me informed; kept us informed; knew my;
        knows her; knows him; knows my; leaps and bounds; learned a lot; learned so much; learnt a
        lot; learnt so much; less anxious; less worried; let me; let us; listened; listened to me;
        listened to my; listened to us; listens to; look forward to; looking forward to; looks
        forward; made a big difference; made a difference; made a friend; made a huge difference;
        made friends; made progress; made to feel welcome; made us feel welcome; made welcome;
        makes a difference; making progress; many thanks; more confident; much improved; my
        choice; no complaint; no complaints; no concerns; no issues; no longer worried; no
        pressure; no problem; no problems; no rush; no worries; not a problem; not alone; not bad;
        not bad at all; nothing bad; nothing but praise; nothing needs changing; nothing needs
        improving; nothing negative; nothing to change; nothing to complain; nothing to improve;
        now has; on our side; on time; own pace; part of; pleased that; pleased with; plenty of;
        proud of; put at ease; rang back; really helped; recommend to; remembered; replied
        quickly; replied within; right support; rings back; runs in; same day; settled in well;
        she likes; she loves; sleeps better; so happy; solved; sorted it; sorted out; stayed with;
        sticks up; straight away; stuck up for; takes the time; talks now; thank you; thanks;
        there for me; there for us; thought provoking; thriving; took part; took the time; took
        time; trust her; trust him; trust them; understand my; understands her; understands him;
        understands my; understood; variety; wants to go; wants to go back; was fine with; was
        listened to; we liked; we love; well delivered; well done; well organised; well planned;
        well presented; well run; went out of her way; went out of his way; went out of their way;
        went really well; went well; were listened to; worked well; works for us; works well;
        worth it; worth the wait; would recommend
        """,
    1: """
        another one soon; can't think of anything; cannot think of anything; carry on; come again;
        do it again; do this again; fine as it is; happy as it is; more events like; more of the
        same; more of these; n/a; no changes; none; nothing; nothing really; stay the same
        """,
    -1: """
        a bit far; a bit long; a bit rushed; a bit short; a little rushed; another form; better
        communication; bit cold; bit late; bit loud; bit of a; bring back; can we; can you; could
        be better; could be clearer; could be improved; could be longer; could have been better;
        could we; could you; criteria; depends on; difficult to hear; earlier; faster; fewer;
        forms; hard to hear; have more; hit and miss; hope; i need; i wish; i'd like more; if
        only; instead of; it would help; less; less of; mixed; more clubs; more help; more
        information; more needed; more notice; more of; more parking; more places; more staff;
        more support; more time; more training; must be; need a; need more; need to be; needed;
        needs a; needs improving; needs more; needs to be; not always; not enough; not really; not
        sure; not very; on and off; only after; only got; only had; only if; only one; only when;
        overran; paperwork; please; quicker; quite loud; ran over; rather than; room for
        improvement; should; should be; should be more; should have; shouldn't; sooner; started
        late; there should; threshold; too far; too few; too much information; unsure; wait is;
        wait was; waiting list; waiting lists; want more; wanted more; we need; we wish; we'd like
        more; wish there; would be better; would be better if; would be good; would be great;
        would be helpful; would be nice; would be useful; would have been better; would have been
        good; would have been helpful; would have been nice; would have liked; would have
        preferred; would help if; would like more; would like to have; would like to see; would
        prefer
        """,
    -2: """
        afraid; again and again; ages; alone; angry; another child's name; another new; anxious;
        appeal; backlog; barely; barrier; barriers; battle; battling; been waiting; beg; begging;
        blame; blamed; blaming; bored; boring; bounced; box ticking; broken; brushed off; bullied;
        bullies; bullying; called names; can't access; can't afford; can't find; can't get;
        cancelled; cancelled again; cancelled at; cannot afford; cannot get; changed again;
        chaotic; chase; chased; chasing; cliff edge; closed the case; cold; complain; complained;
        complaint; concern; concerned; confused; confusing; constant battle; contradict;
        contradicted; copied; copy and paste; cost too much; costs too much; could not find; could
        not hear; could not see; couldn't; couldn't find; couldn't get; couldn't get in; couldn't
        hear; couldn't join; couldn't see; couldn't stay; cracks; crammed; cramped; cried; cross;
        crying; cut; cuts; deadline; declined; delay; delayed; delays; detention; did not like;
        did not meet; did not work; didn't believe; didn't feel safe; didn't like; didn't listen;
        didn't meet; didn't tell; didn't understand; didn't work; different answers; different
        people; different person; difficult to; dirty; disappeared; discharged; dismissed;
        dismissive; disorganised; do not like; do not understand; does not meet; does not
        understand; does not work; doesn't like; doesn't listen; doesn't meet; doesn't talk;
        doesn't understand; doesn't work; don't believe; don't feel safe; don't like; don't
        listen; don't speak to each other; don't talk to each other; don't understand; echo;
        echoed; echoes; every single; excluded; exclusion; exclusions; excuse; excuses; exhausted;
        exhausting; expensive; fail; fails; falling through; far too; fell through; fight; fight
        for; fighting; fighting for; fined; fines; fobbed off; for ever; for months; for years;
        forever; forgotten; fourth time; frightened; from scratch; frustrated; frustrating; full
        of errors; gap; gaps; gave up; gave up my job; generic; give up; given a leaflet; given
        up; go private; gone quiet; had to beg; had to chase; had to fight; had to leave; had to
        pay; had to push; had to shout; hard to find; hard to get; hard to reach; hard to
        understand; hardly; has left; hate; hated; hates; have to beg; have to chase; have to
        fight; have to repeat; have to shout; headache; heard nothing; hid; hides; high turnover;
        hoops; how long; how many; hungry; hurt; hurt her ears; hurt his ears; hurt my ears; hurts
        my ears; ignore; ignored; ignores; impossible to; in circles; in tears; inconsistent;
        isn't clear; isn't enough; isolated; isolating; issue; issues; judged; jump through hoops;
        keep asking; keep changing; keep saying; keep telling; keeps changing; kept asking; kept
        waiting; lack; lack of; lacking; lacks; late; laughed at; left and; left and nobody; left
        early; left out; left waiting; let down; lip service; lonely; long queue; long wait; long
        waiting; long waits; lost; lost her; lost his; lost my; lost our; lost the; lottery; made
        me sad; makes me angry; makes me feel; makes me sad; mediation; meltdown; meltdowns;
        missed; missing; mistakes; misunderstood; months late; months later; never answered; never
        asked; never called; never came; never changes; never got; never had; never happened;
        never happens; never heard; never knew; never listen; never rang; never replied; never
        saw; never told; no access; no answer; no apology; no break; no choice; no clubs; no clue;
        no communication; no consistency; no contact; no continuity; no explanation; no follow up;
        no follow-up; no friends; no funding; no help; no idea; no information; no interpreter; no
        joined; no lift; no lunch; no money; no news; no one; no parking; no place; no places; no
        plan; no point; no provision; no ramp; no reason; no reply; no response; no room; no say;
        no school; no school place; no seats; no sign of; no space; no staff; no support; no
        teacher; no time; no toilet; no understanding; no update; no updates; no voice; no way; no
        where; nobody; nobody told; none of; not a single; not able; not accessible; not allowed;
        not asked; not bad enough; not believed; not clear; not delivered; not fair; not fit; not
        followed; not given; not good; not good enough; not great; not happy; not heard; not
        helpful; not in school; not included; not invited; not listened; not listening; not long
        enough; not met; not offered; not once; not one; not read; not replaced; not safe; not
        suitable; not taken seriously; not told; not trained; not understood; not working; nothing
        after; nothing at; nothing changes; nothing ever changes; nothing for; nothing happened;
        nothing happens; nothing has; nothing has changed; nothing here; nothing near; nothing
        since; nothing to do; nothing was done; nowhere; nowhere to park; nowhere to sit; off
        sick; on my own; on our own; out of date; out of pocket; out of school; over and over;
        overdue; overwhelmed; overwhelming; paid privately; panic; panicked; part-time timetable;
        pass the buck; passed around; passed from; passed on to; patchy; picked on; pillar to
        post; pointless; poor; poor communication; poorly; postcode lottery; problem; problems;
        punished; push for; queue; queued; queues; radio silence; ran off; ran out; red tape;
        refusal; refuse to; refused; refused to assess; rejected; repeat ourselves; repeating;
        round in circles; runs out; rushed; sad; sadly; scared; segregated; senco left; sent home;
        separated; short staffed; shout at; shouted; shouting; shouts; signed off; silence; sits
        in; slow; so long; someone else's; square one; squashed; stare; stared; staring; start
        again; starting again; still have not; still haven't; still no; still not; still nothing;
        still waiting; stopped; stressed; stressful; struggle; struggled; struggles; struggling;
        stuck; stuffy; suspended; suspension; taken away; takes ages; takes months; takes too
        long; takes years; tell our story; tells me off; third time; threatened; tick box; told
        off; too bright; too busy; too cold; too complex; too crowded; too expensive; too far
        away; too fast; too hot; too late; too little; too long; too loud; too many; too many
        people; too much; too much money; too noisy; too old; too quiet; too short; too slow; too
        small; too young; took ages; took away; took months; took too long; took years; tribunal;
        turned away; turned down; unanswered; unclear; understaffed; unfair; unfortunately;
        unhelpful; unreliable; unsafe; until i; until we; untrained; upset; upsetting; vague;
        vanished; voicemail; wait too long; waited for; waited months; waited over; waited years;
        waiting for; waiting over; wasn't asked; wasn't clear; wasn't enough; wasn't listened;
        wasn't told; waste; waste of money; waste of time; weeks late; weeks later; went home;
        went private; weren't told; what about; when will; where is; who do; why can't; why do;
        why does; why is; why won't; withdrawn; without any; won't listen; woolly; worried;
        worrying; wrong; years late; years later; yet again; yet another
        """,
    -3: """
        abandoned; absolute joke; abusive; appalling; ashamed; assaulted; at my wits end; awful;
        breached; breaking point; broken system; can't cope; cannot cope; condescending; couldn't
        cope; crisis; desperate; destroyed; devastated; devastating; diabolical; discriminated;
        discrimination; disgrace; disgraceful; disgusting; do not trust; don't trust; dreadful;
        end of our tether; failed; failed my; failed us; failing; failure; fuming; furious;
        heartbreaking; heartbroken; hell; horrible; illegal; incompetent; joke; liars; lied; lied
        to; lies; livid; lost all; lost faith; lost trust; neglected; nightmare; no education; no
        trust; not acceptable; patronising; restrained; rude; ruined; scandal; self harm;
        self-harm; shambles; shame; shameful; shocking; suicidal; system is broken; terrible;
        traumatic; traumatised; traumatising; unacceptable; unlawful; useless; wits end; worse;
        worst
        """,
}
WORDS = {
    3: """amazing excellent fantastic brilliant outstanding wonderful superb perfect exceptional
        awesome incredible fabulous invaluable phenomenal marvellous inspiring inspirational
        magic ace""",
    2: """good great lovely kind kindness helpful friendly caring supportive welcoming
        warm patient understanding knowledgeable professional polite respectful approachable
        compassionate thoughtful gentle considerate informative useful interesting engaging
        insightful clear calm relaxed safe comfortable clean accessible easy efficient prompt
        quick quickly fun enjoyable happy pleased satisfied grateful thankful appreciate
        appreciated appreciative reassured reassuring reassurance encouraging encouraged supported
        helped valued included inclusive positive confident empowered delicious tasty yummy nice
        best impressed thorough dedicated experienced attentive calming smiling smiles relieved
        proud thrives thriving thrived flourished praise recommend cool spacious brill
        well-organised better-prepared hopeful enthusiastic passionate practical relevant
        refreshing superbly well smoothly fab love loved loves enjoy enjoyed liked""",
    1: """ok okay fine adequate decent fair acceptable reasonable improved improving better
        helps works working pleasant alright polite bright""",
    -2: """bad dull uncomfortable unprofessional unfriendly unkind unsupportive unsupported
        uninterested disappointing disappointed disappointment inadequate insufficient unaware
        annoyed annoying
        horrid nasty mean uncaring rubbish noisy loud crowded impossible difficult hard tiring tired
        painful pain dangerous unhappy dissatisfied unwelcome excluded excluding irrelevant
        repetitive waited delays complicated jargon inaccessible uninformed unheard unresponsive""",
}
NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot can't don't didn't doesn't isn't
    wasn't weren't aren't won't wouldn't couldn't shouldn't haven't hasn't hadn't hardly barely
    lacked lacks lack""".split()
)
STRONGER = {
    **dict.fromkeys("very really so extremely incredibly absolutely totally truly".split(), 1.35),
    **dict.fromkeys(
        "completely utterly always such hugely massively especially super".split(), 1.3
    ),
}
WEAKER = dict.fromkeys(
    "quite fairly bit little slightly somewhat mostly mainly reasonably".split(), 0.7
)
FACES = {
    2: "😀 😃 😄 😁 😊 🙂 😍 🥰 ❤ 💕 👍 👏 🙏 🎉 🌟 ⭐ 💯 😎 🤩 :) :-) :d =) <3 xx xxx",
    -2: "😞 😢 😭 😠 😡 🤬 👎 ☹ 🙁 😔 😩 😤 😱 💔 :( :-( =( :/",
}
