"""Words that people write with a capital inside a sentence though they name nobody."""

from feedback.analysis.checking.everyday import EVERYDAY

_SERVICES = """
    academy access action activity activities adhd adult adults advice advisory advocacy after
    agency agreement alternative annual anxiety appeal appointment approach area asd asperger
    assessment assessments assistant assistants association attendance authority autism autistic
    autumn award base behaviour benefit bereavement blue board borough branch break breaks bus
    business call camhs care carer carers case centre centres chair change changing charity child
    childcare children childrens church clinic clinical club clubs code college colleges
    commissioner commissioners committee communication community complaint complaints conference
    consultant consultation continuing coordinator co-production coproduction council councillor
    councillors county course court covid customer day deaf deputy design designated developing
    development developmental diagnosis dietitian direct director directors disability
    disabilities disabled disabilities district doctor down downs draft drive dyslexia dyspraxia
    early easter easy education educational ehc ehcp elective emergency emotional england english
    equality event exclusion family families fair feedback finance first follow form forms forum
    foundation framework free friends funding further future general good government governor
    governors graduated grant group groups guidance guide hall halloween head headteacher health
    healthy hearing help helpline high holiday home hospital house hub hubs hygiene inclusion
    inclusive independent information inspection inspector inspectors integrated internet
    internship inclusion junior infant infants key lead leader leaders leadership learning library
    listening live local lunch mainstream makaton manager managers maths medical mediation meeting
    member mental minister ministry mobility monday nation national needs network neuro
    neurodevelopmental neurodiversity neurology new newsletter nhs north nurse nursery nurses
    nursing occupational offer office officer officers ofsted one open ombudsman orthotics
    outreach paediatric paediatrician paediatrics paediatrics panel parent parental parents
    parliament part partner partners partnership passport pathway pathways payments person
    personal phase physio physiotherapist physiotherapy pip plan planning plans police policy
    portage post practice practitioner practitioners preparing pre-school preschool primary
    principal professionals profile profiling programme project protection provision psychiatrist
    psychologist psychology public pupil pupils quality reception referral register report
    resource respite review reviews right room royal safeguarding salt school schools secondary
    section sen senco sencos send sendiass sendco sensory service services session short sibling
    siblings sixth social society special specialist speech spring staff stage standard strategy
    student students summer support supported survey surgery surgeries teacher teachers teaching
    team teams technology teenager therapy therapist therapists therapies together tool tourette
    tourettes town training transition transport travel treatment tribunal trust tutor unit united
    university update user village virtual vision visiting voice volunteer wellbeing well-being
    west wheelchair winter women work worker workers workshop world worship year years young youth
    """

_NAMES_OF_THINGS = """
    portsmouth plymouth co-op greek greece dutch danish norwegian swedish finnish russian russia
    hungarian bulgarian lithuanian latvian albanian afghan iranian iraqi nigerian ghanaian kenyan
    filipino vietnamese japanese korean thai brazilian mexican canadian australian jamaican
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays january february march april may june july august september october
    november december christmas xmas easter eid diwali ramadan hanukkah halloween lent passover
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
    british english welsh scottish irish polish arabic urdu bengali punjabi romanian ukrainian
    ukraine french france spanish spain german germany italian italy chinese china mandarin
    kurdish farsi somali pashto portuguese turkish turkey indian india pakistan bangladesh syrian
    syria poland romania european europe africa african asian asia american america england wales
    scotland ireland britain uk london manchester liverpool chester birmingham leeds cheshire
    lancashire merseyside muslim islam christian catholic jewish hindu sikh quran bible mosque
    church synagogue god jesus google facebook zoom microsoft teams whatsapp instagram tiktok
    snapchat youtube netflix twitter amazon ebay apple ipad iphone ipads android nintendo xbox
    playstation lego minecraft roblox fortnite pokemon disney tesco asda aldi lidl sainsburys
    morrisons boots greggs mcdonalds costa starbucks subway ikea argos uber bluey duplo wifi excel
    word powerpoint kahoot mentimeter padlet outlook barnardos mencap scope nspcc childline
    samaritans kooth brownies beavers cubs scouts guides rainbows duke edinburgh makaton pecs
    widgit elklan lsa ritalin melatonin concerta elvanse sertraline calpol halal vegan kosher wifi
    bame lgbt lgbtq
    """

_EVERY_DAY = """
    a an the i i'm i've i'd i'll im ive and or but if so because that this these those it its it's
    he she we you they them us our your their his her hers ours my me him who whom what which when
    where why how all any both each few more most other some such no nor not only own same than
    too very can will just should now is are was were be been being have has had do does did would
    could may might must shall am to of in for on with at by from up about into over after under
    again further then once here there also always never ever often sometimes usually maybe
    perhaps really quite yes ok okay please thank thanks thankyou sorry hi hello dear hey well
    great good bad best better worst worse nice lovely kind helpful amazing brilliant fantastic
    excellent awful terrible happy sad angry poor big small long many much less least lot lots
    thing things everything nothing something anything everyone everybody someone somebody anyone
    nobody people person man men woman women boy boys girl girls mum mums mummy dad dads daddy mam
    nan nana gran grandma grandad mother father brother brothers sister sisters son sons daughter
    daughters baby babies kid kids lad lads lady ladies gentleman friend friends mate husband wife
    uncle aunt auntie cousin twin twins family get got give given gave go goes went gone come came
    make makes made take takes took say says said tell told ask asked see saw seen know knew known
    think thought feel felt want wanted need needed needs wait waited try tried keep kept let put
    use used find found help helped work works worked call called back still yet already since
    until while during before between without within against through every another next last first
    second third final two three four five six seven eight nine ten once twice half late early
    soon today tomorrow yesterday tonight morning afternoon evening night week weeks month months
    year years time times minute minutes hour hours daily weekly old new right left wrong full
    part free easy hard slow fast quick quickly waiting list lists money food lunch tea coffee
    drink cake water table chair noise loud quiet busy safe clean dirty cold hot warm dark light
    open closed outside inside near far away around everywhere somewhere class lesson lessons book
    books game games music art drama sport sports football swimming dance park garden bus taxi
    train car road street house home phone email letter letters website page paper question
    questions answer answers reply decision decisions problem problems issue issues reason reasons
    idea ideas plan story stories life world fun play friendly respect trust honest fair equal
    different difference strong weak able unable absolutely definitely honestly basically actually
    especially however although though therefore unfortunately hopefully overall finally due
    despite instead like love loved hate enjoy enjoyed learn learned learnt listen listened
    understand understood speak spoke talk talked talks read write wrote show showed start started
    stop stopped finish finished leave change changed changes move moved meet met bring brought
    pay paid cost costs more nobody none zero note number point points piece bit end start middle
    top bottom side way ways kind sort type level stage both either neither whether whatever
    whoever whenever wherever must etc eg ie ps nb tbh fyi asap
    """

_KNOWN = frozenset((_SERVICES + _NAMES_OF_THINGS + _EVERY_DAY).split()) | EVERYDAY
_SMALL = _KNOWN | frozenset(
    """
    also always never ever often really currently recently finally only just still now then
    already sometimes probably absolutely eventually definitely attending waiting struggling going
    being getting having doing missing loving diagnosed autistic aged who whom that which as since
    because with without during at in on for from to by about under over into out off up down
    again back school schools college nursery class classes teacher teachers group groups place
    places name names age year years hours help gets doesn't isn't wasn't hasn't haven't don't
    won't couldn't can't wouldn't didn't aren't weren't self selves alone together including
    especially myself herself himself themselves etc nothing none regarding per plus minus via
    """.split()
)
_ENDINGS = (
    "ing", "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ly", "able", "ible", "ful",
    "less", "ist", "ists", "ology", "ship", "ships", "hood", "ism", "ity", "ities", "ous", "ive",
    "ence", "ance", "ical", "ology", "ologist", "ally", "ised", "ized", "ward", "wards", "worker",
)  # fmt: skip
_SHORTEST_WITH_ENDING = 6  # letters: "Ling" and "Lily" are names


def known(word: str) -> bool:
    """Whether a word, in small letters, stands in the lists itself."""
    return word in _SMALL


def ordinary(word: str) -> bool:
    """Whether a word, in small letters, is one that names nobody."""
    if word in _SMALL:
        return True
    for ending in ("'s", "’s", "s'", "s’"):
        if word.endswith(ending) and word.removesuffix(ending) in _KNOWN:
            return True
    if "-" in word:
        return any(part in _KNOWN for part in word.split("-"))
    if word.endswith("s") and (word[:-1] in _KNOWN or word[:-2] in _KNOWN):
        return True
    if word.endswith("ed") and (word[:-2] in _KNOWN or word[:-1] in _KNOWN):
        return True
    return len(word) >= _SHORTEST_WITH_ENDING and word.endswith(_ENDINGS)
