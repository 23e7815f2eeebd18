"""Words that everybody knows and that the American lists of 1974 and 1995 lack."""

# Things and people of our days, and the British way of spelling and saying.
EVERYDAY = frozenset(
    """
    accident activities activity adult adults advice aged alarm alcohol allergic allergy ambulance
    angry annoy annoying anybody anyone anything app appetite area arrival art asthma autism
    autistic bandage bathroom bedroom bedtime best better bike bill bin birth blanket blood board
    bored boring bossy boyfriend bracelet brain breaktime brilliant bullied bully bullying burger
    bus button buzzer café calendar calm camera canteen career cash centre charity chat cinema
    classmate classroom click club code college colour comfy comic computer confused contact
    control cook cooker cool cough couldn't counsellor crayon cross crowd crutch crutches cuddle
    culture cushion cycle dad dance daytime deaf dentist detail details diary dictionary diet
    disabilities disability disabled disco dishes doctor drama dressed dressing drum duvet ear
    earphones ease email emails enjoyable escape everybody everyone everything exam excited
    exercise expensive expert extra eyesight fair fan fantastic fault favourite feelings felt
    festival film fitness fizzy flat folder football fridge fright funny gadget gang garden gluten
    goal grandad grandma grandparent granny grey group guest guide guitar gym haircut handle
    headache headphones headteacher healthy hearing heating helper helpful herself himself hobby
    hoist homework hospital hostel how's hub hug ignore illness information injection insulin
    internet interview jab jeans joke journey keyboard kid kids kitchen language laptop leader
    leaflet lesson lessons lift link list litre local log-in lonely lorry lounge lovely luggage
    lunchbox lunchtime machine magazine main manage maths meal medicine member menu message metre
    microwave midday minibus mobile mood mouse mum mummy muscle museum music myself nan nappy neat
    neighbour nervous nightmare nobody noise noisy normal nothing noticeboard nursery nut office ok
    okay online opening operation opposite option organise ourselves oven pad paint panic parent
    park partner party passport password pasta patient pause pavement personal phone photo physio
    pizza plaster plastic player playground playtime polite pool poorly posh poster practice
    practise praise pram pressure price primary printer private problem programme project proof
    pupil puzzle queue quick quiz radio rainy ramp reader real realise recognise relax relaxed
    remote reply report respect result reward ribbon risk roller rota routine rude rugby rule safe
    safely sandwich scan scared science scooter scream screen seat seatbelt secondary seeing
    session shampoo shelf shop shouldn't shower sibling sign sign-in signal sink skate skill
    sleepover slippers smell snack social sofa solve somebody someone something sometimes sort
    special speech spell spider sport sports sporty staff stall station step-by-step stress
    stressed student style suitcase summer support survey swap swimming switch symbol symptom
    t-shirt tablet takeaway tantrum task taste taxi team teams teamwork teenager teenagers teens
    temper term text themselves there's tidy tights timer timetable tired title toilet toilets
    total tour tracksuit trainer trainers tram travel travelled traveller travelling trip trolley
    trousers tummy tutor tv type tyre unfair unhappy uniform unkind unsafe unwell upset van vegan
    vegetarian video virus visitor voice volleyball volunteer vote waiting walker warn washing
    website weekend weird weren't what's wheelchair when's whenever where's wherever whiteboard
    who's whoever wifi within worried worry worse worst wouldn't wrist you're yourself youth
    youtube zebra zip zone
    """.split()
)

# Peoples, languages, faiths: names, even where one stands first and its capital says nothing.
NAMES = frozenset(
    """
    african albanian american april arab arabic asian august bangladeshi bengali black britain
    british buddhist bulgarian cantonese caribbean catholic chinese christian christmas cornish
    czech dari december diwali dutch easter eid england english english-speaking european farsi
    february filipino french friday german greek gujarati gypsy hindi hindu hungarian indian
    iranian iraqi ireland irish italian january japanese jewish july june kurdish latvian
    lithuanian mandarin march may monday muslim nepalese nepali nigerian northern november october
    pakistani panjabi pashto persian polish portuguese punjabi ramadan roma romani romanian russian
    saturday scotland scottish september sikh slovak somali spanish sunday swahili sylheti syrian
    tamil thursday tigrinya traveller tuesday turkish ukrainian urdu vietnamese wales wednesday
    welsh yiddish yoruba
    """.split()
)
