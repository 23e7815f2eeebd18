"""Plain words for hard ones."""

# Office words with a plain one that says the same; they are hard in every wording.
_OFFICE = """
accomplish: do | accordingly: so | accumulate: gather | acknowledge: say we got | acquire: get
additionally: also | adhere: keep | adjacent: next to | adversely: badly | aggregate: total
alleviate: ease | allocate: give | ameliorate: make better | anticipate: expect
ascertain: find out | aspiration: hope | assistance: help | attain: reach | attributable: due
authorise: allow | beneficial: helpful | cease: stop | clarify: make clear
collaborate: work together | collaboratively: together | commence: start | commencement: start
competencies: skills | comprise: be made of | conclude: end | consequently: so
constitute: make up | deem: think | demonstrate: show | disseminate: share | donate: give
duration: time | elucidate: explain | empower: help | endeavour: try | enquire: ask | ensuing: next
envisage: expect | equitable: fair | erroneous: wrong | establishment: place | evaluate: judge
evidenced: shown | exemplary: very good | expedite: speed up | facilitate: help | finalise: finish
forthcoming: coming | furnish: give | holistic: whole | holistically: as a whole
impact upon: change | implement: carry out | in accordance with: as | in addition: also
in conjunction with: with | in excess of: more than | in lieu of: in place of | in order to: to
in receipt of: getting | in relation to: about | in respect of: about | in the event of: if
in the event that: if | inception: start | indicate: show | initiate: start | liaise: work
liaison: contact | locality: area | mandatory: needed | methodology: way | modify: change
necessitate: need | nevertheless: but | notify: tell | notwithstanding: even though
numerous: many | on behalf of: for | operationalise: put to work | optimal: best
optimise: make the best of | outcomes-focused: useful | paramount: most important
participation: taking part | particulars: details | per annum: a year | permit: let
perpetrate: do | pertaining to: about | prior to: before | prioritise: put first | proactive: early
proactively: early | procure: buy | proficient: good | purchase: buy | pursuant to: under
rationale: reason | reiterate: say again | remuneration: pay | render: give | residing: living
retain: keep | robust: strong | signpost: point | stakeholder: person | stipulate: say
streamline: make simple | subsequent: later | subsequent to: after | subsequently: later
substantiate: prove | sufficient: enough | sufficiently: enough | terminate: end
thereafter: after that | timely manner: short time | timescale: time | transpire: happen
undertake: do | utilisation: use | utilise: use | verify: check | whilst: while
with reference to: about | with regard to: about | with the exception of: but not
workforce: staff
"""
# Words that many people know, with one that more people know: for easy read.
_EASY = """
ability: what you can do | absence: time away | access: get | accessible: easy to use
accommodate: make room for | accompany: go with | accurate: right | additional: more
adequate: good enough | adjustment: change | advantage: good point | advise: tell | affect: change
alternative: another | ambition: hope | anxiety: worry | anxious: worried | apparent: clear
appointment: time to see someone | appreciate: like | approach: way | appropriate: right
approximately: about | aspect: part | assess: find out about | assist: help | assistant: helper
attempt: try | attend: go to | attitude: way of thinking | available: there for you | aware: know
barrier: what stops you | behaviour: how you act | benefit: good point | capable: able
category: group | caution: care | challenge: hard thing | challenging: hard
circumstance: what is going on | colleague: person you work with | communicate: talk
communication: talking | community: people near you | complaint: what you are not happy with
complete: finish | comprehensive: full | concern: worry | condition: illness | confident: sure
confidential: private | confirm: say yes | consider: think about | consistent: the same each time
consult: ask | consultation: asking people | contribute: help | contribution: help
convenient: good for you | coordinate: plan | criteria: rules | crucial: very important
current: now | currently: now | decision: choice | decline: say no | decrease: get less
define: say what it means | delay: wait | deliver: give | delivery: giving | demonstrate: show
department: team | determine: decide | develop: grow | diagnosis: name for your illness
difficult: hard | difficulty: problem | disadvantage: bad point | discuss: talk about
discussion: talk | educate: teach | education: learning | effective: good | effectively: well
efficient: quick | eligible: able to get | eliminate: take away | emotion: feeling
emotional: about feelings | employ: give a job to | employment: work | enable: let
encounter: meet | encourage: help | engage: take part | engagement: taking part | ensure: make sure
environment: place | equipment: things you use | essential: needed | establish: set up
evidence: proof | examine: look at | exceed: go over | excellent: very good
experience: what happened to you | express: say | external: outside | extremely: very
facility: place | feedback: what you think | flexible: able to change | frequent: often
frequently: often | funding: money | gradually: slowly | guidance: advice | identify: find
immediately: right away | impact: change | improve: make better
improvement: change for the better | inadequate: not good enough | include: have in it
inclusion: being part of it | inclusive: for everyone | increase: get more
independence: doing things on your own | independent: on your own | independently: on your own
individual: person | influence: change | inform: tell | initial: first | inspect: check
intend: plan | interact: talk | interaction: talking | intervention: help | investigate: look into
involve: have in it | involved: part of it | issue: problem | legislation: law | location: place
maintain: keep | majority: most | maximum: most | medication: medicine | minimum: least
monitor: watch | motivate: make you want to | negative: bad | observe: watch | obtain: get
occasion: time | occasionally: sometimes | occur: happen | opinion: what you think
opportunity: chance | option: choice | organisation: group | outcome: what happened
overall: all in all | participate: take part | particular: this | particularly: most of all
perceive: see | personalised: made for you | policy: plan | positive: good | possess: have
potential: what you could do | practitioner: worker | prefer: like best | previous: last
previously: before | principal: main | priority: what comes first | procedure: way | process: way
professional: worker | progress: getting better | promote: help | provide: give | provision: help
quality: how good it is | reasonable: fair | receive: get | recommend: say it is good
reduce: make less | refer: send | referral: being sent to someone | regarding: about
regular: often | regularly: often | relationship: how you get on | relevant: useful | require: need
requirement: need | reside: live | resident: person who lives here | resolve: put right
resource: thing you can use | respond: answer | response: answer | responsibility: job
responsible: in charge | restrict: stop | review: look again | satisfactory: good enough
satisfied: happy | sensory: of sight, sound or touch | significant: big | significantly: a lot
similar: much the same | situation: what is going on | specialist: expert | specific: exact
strategy: plan | submit: send | suitable: right | supply: give | supportive: helpful
technique: way | therapist: someone who helps you | therapy: help to feel or do better
transition: move | transport: travel | transportation: travel | treatment: care | typically: often
ultimately: in the end | urgent: fast | vulnerable: at risk | well-being: feeling well
wellbeing: feeling well
"""


def _read(rows: str) -> dict[str, str]:
    pairs = (pair.split(":") for row in rows.strip().split("\n") for pair in row.split("|"))
    return {hard.strip(): plain.strip() for hard, plain in pairs}


OFFICE = _read(_OFFICE)
EASIER = {**_read(_EASY), **OFFICE}
