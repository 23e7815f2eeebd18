"""The spellings that `aliases` knows."""

_SERVICES = {
    "EHCP": """ehcp; echp; ehpc; echcp; ehc plan; e.h.c.p; eh cp; ehc; ehcps; ehc plans; ehcp
        plan; echp plan; education health and care plan; education, health and care plan;
        education health care plan; education health & care plan; health and care plan; statement
        of special educational needs""",
    "EHC needs assessment": "ehcna; ehc needs assessment; ehcp assessment; ehcp needs assessment; "
    "statutory assessment; needs assessment; rsa",
    "annual review": "annual review; ehcp review; plan review; ar meeting; yearly review; "
    "anual review",
    "SENCO": """senco; sendco; senko; sen co; send co; sencos; sendcos; senco's; sen
        coordinator; sen co-ordinator; special needs coordinator; special educational needs
        coordinator; sencco""",
    "CAMHS": "camhs; cahms; camh; cahmhs; camhs'; cypmhs; child mental health service; "
    "child and adolescent mental health services; child and adolescent mental health",
    "profiling tool": """profiling tool; portsmouth profiling tool; plymouth profiling tool;
        portsmouth tool; plymouth tool; portsmouth profile; plymouth profile; nd profiling tool;
        neuro profiling tool; neurodevelopmental profiling tool; neurodevelopmental profiling;
        neurodevelopmental profile; nd profile; nd profiling; portsmouth model; neuro profile;
        profiling form; profile tool""",
    "speech and language therapy": """salt; s.a.l.t; slt; s&l; s & l; sltherapy; speech therapy;
        speech and
        language; speech & language; speech and language therapy; speech & language therapy;
        speech and lang; speach and language; speach therapy; speech n language""",
    "occupational therapy": "occupational therapy; ot; o.t; occ therapy; occupational therapist; "
    "ots",
    "educational psychologist": "educational psychologist; ed psych; edpsych; ep; ed psychologist; "
    "education psychologist; educational psychology; ed pysch",
    "autism": "asd; asc; autism; autism spectrum disorder; autistic spectrum disorder; "
    "autism spectrum condition; autisum; austism; autisim; autsim; aspergers; asperger's",
    "autistic": "autistic; autisic; austistic; autstic",
    "ADHD": "adhd; ahdh; adhd's; ad hd; a.d.h.d; attention deficit; add",
    "teaching assistant": "teaching assistant; lsa; learning support assistant; "
    "classroom assistant;"
    "teaching assistants; 1:1 support; 121 support; one to one support",
    "local offer": "local offer; the local offer website; local offer site; local offer website; "
    "send local offer",
    "SENDIASS": "sendiass; sendias; send iass; iass; sendiaass; parent partnership",
    "parent carer forum": "pcf; parent carer forum; parent forum; pcp; parent carer participation",
    "part-time timetable": "part-time timetable; part time timetable; reduced timetable; "
    "part time time table; reduced hours at school",
    "school avoidance": "ebsa; ebsna; school avoidance; school refusal; school refuser; "
    "school refusing;"
    "emotionally based school avoidance; school phobia",
    "alternative provision": "alternative provision; alt provision; eotas; eotis; "
    "pupil referral unit; pru",
    "social worker": "social worker; sw; s/w; social workers",
    "health visitor": "health visitor; hv",
    "disability living allowance": "dla; disability living allowance",
    "local authority": "local authority; l.a; the la; council",
}
_TEXT_SPEAK = {
    "your": "ur; yr child's; yor",
    "you": "u; ya; yu",
    "are": "r",
    "because": "cos; coz; cuz; bcos; bcoz; bc; becos; becoz; becuase; becasue; 'cause; 'cos; cus",
    "to be honest": "tbh; 2 be honest",
    "thanks": "thx; thanx; tnx; tks; thnks; thnx; fanks; ta very much; thanku",
    "thank you": "ty; thankyou; thank u; thanku; thank yu; tysm",
    "please": "pls; plz; plse; pleez",
    "people": "ppl; peeps; peple; poeple; pepole",
    "what": "wot; wat; wht",
    "with": "wiv; wth; w/; wit",
    "the": "teh; da; hte",
    "this": "dis; tihs",
    "that": "dat; taht",
    "great": "gr8; grt; grate",
    "before": "b4; befor; bfore",
    "later": "l8r; l8er",
    "late": "l8",
    "wait": "w8; wate",
    "waiting": "w8ing; wating; waitng; waitin; waithing",
    "about": "abt; abot; baout",
    "through": "thru; throught",
    "though": "tho; thou",
    "really": "rly; rlly; realy; relly; reely",
    "very": "v; vry; verry; vey",
    "good": "gd; gud; gooood; goood; gooda",
    "love": "luv; lurve; lov",
    "loved": "luvd; luved; lovd",
    "lovely": "luvly; luvley; lovley; lovly; luvely",
    "tonight": "2nite; tonite",
    "today": "2day; tody",
    "tomorrow": "2moro; 2morrow; tommorow; tomorow; tommorrow",
    "something": "summat; sumthing; somthing; sumthin; smthing",
    "someone": "sum1; some1; sumone",
    "everyone": "every1; evry1; everone; evryone",
    "anyone": "any1; anyhting",
    "and": "n; adn",
    "for": "4; fo",
    "see": "c",
    "I don't know": "idk; dunno; dno",
    "in my opinion": "imo; imho",
    "as soon as possible": "asap; a.s.a.p",
    "appointment": "appt; apt; appts; apointment; appoitment; appointmnt; appointement; "
    "appoinment; "
    "app't",
    "appointments": "apointments; appoitments; appoinments",
    "year": "yr",
    "years": "yrs; yers",
    "weeks": "wks; weaks",
    "week": "wk",
    "months": "mths; mnths; mnths; monts; moths",
    "month": "mth; mnth",
    "hours": "hrs",
    "hour": "hr",
    "minutes": "mins; minuets",
    "year old": "yo; y/o; yr old",
    "school": "sch; scool; shcool; skool; schol; scholl; shool",
    "secondary school": "secondry school; high skool",
    "hospital": "hosp; hospitle; hosptial",
    "information": "info; infomation; informaton; imformation",
    "assessment": "asessment; assesment; assessmnt; asesment; assement; assessement",
    "assessments": "assesments; asessments",
    "diagnosis": "diagnoses; dignosis; diagnosies; diagnois; diagosis; daignosis; dx",
    "diagnosed": "dignosed; diganosed; diagnoised",
    "communication": "comms; comunication; communicaton; comminication; commuication; communcation",
    "kids": "kidz; kiddies; kiddos",
    "nothing": "nuffin; nuthing; nothin; nufin; nuttin",
    "everything": "evrything; everythink; evryfing; everthing",
    "anything": "anythink; anythin; nething",
    "don't": "dont; do'nt; dnt",
    "can't": "cant; carnt; cnt",
    "won't": "wont",
    "didn't": "didnt; did'nt; dident",
    "doesn't": "doesnt; dosent; dosnt; does'nt",
    "isn't": "isnt; is'nt; ain't; aint",
    "wasn't": "wasnt; was'nt",
    "weren't": "werent",
    "aren't": "arent",
    "wouldn't": "wouldnt; would'nt; woudnt",
    "couldn't": "couldnt; could'nt; cudnt",
    "couldn't have": "couldnt of; couldn't of; could not of",
    "could have": "could of; coulda",
    "should have": "should of; shoulda",
    "would have": "would of; woulda",
    "shouldn't": "shouldnt; should'nt",
    "haven't": "havent; have'nt; havnt",
    "hasn't": "hasnt; has'nt",
    "hadn't": "hadnt",
    "I'm": "im",
    "I've": "ive",
}
_SLIPS = {
    "accessible": "acessible; accessable; accesible",
    "advice": "advise given",
    "amazing": "amasing; amazin; amzing; amazeing",
    "anxiety": "anixety; anxeity; anxiaty; anxitey; anxity",
    "anxious": "anxous; anxsious; anxoius",
    "apologise": "apologize",
    "attitude": "atitude; attidude",
    "awful": "aweful; awfull; awfull",
    "behaviour": "behavior; behavour; behaviuor; behavoir",
    "believe": "beleive; belive",
    "believed": "beleived; belived",
    "brilliant": "brillant; briliant; brill; brilliat; brillient",
    "building": "bilding; buidling",
    "bullied": "bullyed; bulied",
    "bullying": "bulling; bulying; bullyin",
    "college": "colledge",
    "comfortable": "comftable; comfterble; comfortble",
    "confident": "confidant; confedent",
    "confidence": "confidance",
    "definitely": "definately; definatly; defiantly; definitly; deffo; def",
    "delay": "dely",
    "difficult": "dificult; diffcult; difficuit",
    "disappointed": "dissapointed; disapointed; dissappointed",
    "disappointing": "dissapointing; disapointing",
    "disgusting": "discusting; disgusten",
    "doctor": "docter; doc",
    "embarrassing": "embarassing; embarrasing",
    "environment": "enviroment; enviornment",
    "excellent": "exellent; excelent; excellant; excelllent; exelent",
    "excluded": "exluded; exculded; exclued",
    "exclusion": "exlusion; exculsion",
    "experience": "experiance; expirience",
    "fantastic": "fantasic; fantastik; fab",
    "favourite": "favorite; favourit",
    "friendly": "freindly; frendly; friendley; friendy",
    "friends": "freinds; frends",
    "grateful": "greatful; gratefull",
    "helpful": "helpfull; helpfull; hepful",
    "independent": "independant; indepedent",
    "informative": "informitive; infomative; informativ",
    "interesting": "intresting; intersting; intrested",
    "knowledge": "knowlege; knowledege; knolwedge",
    "knowledgeable": "knowledgable; knowlegable; knowlegeable",
    "language": "langauge; lanuage; languge",
    "learned": "learnt; lernt; lerned",
    "listen": "lisen; lissen; listern",
    "listened": "lisened; lissened",
    "mediation": "medeation; meditation meeting",
    "medication": "meds; medacation; medicaton",
    "mental health": "mh; mentel health; mental helth",
    "necessary": "neccessary; necesary",
    "noisy": "noisey; nosiy; noicy",
    "overwhelming": "overwelming; overwheming; over whelming; overwelmin",
    "paediatrician": "pediatrician; peadiatrician; paed; paeds; paedatrician",
    "physiotherapy": "physio; phsyio; pysio; physiotherapist",
    "professional": "proffesional; profesional; proffessional",
    "provision": "provison; provisions",
    "questions": "qs; questons",
    "receive": "recieve; receve",
    "received": "recieved; receved",
    "referral": "referal; refferal; refferral",
    "referred": "refered; reffered",
    "response": "responce; reponse; resonse",
    "respond": "repond",
    "separate": "seperate",
    "sibling": "sib; sibling's; siblng",
    "siblings": "sibs; siblins",
    "speech": "speach; speeh",
    "stressful": "stresful; stressfull",
    "stressed": "stresed",
    "support": "suport; surport; suppport; supprt; supoort",
    "supportive": "suportive; suppotive; supporttive",
    "teacher": "techer; teachar; teecher; teachr",
    "terrible": "terible; terrable; terribel",
    "their": "thier",
    "therapist": "therepist; thearpist",
    "therapy": "therepy; thearpy; therapie",
    "toilet": "toliet; tolet; toilit",
    "toilets": "toliets",
    "training": "trainning; traning; trainin",
    "transition": "transtion; tranistion",
    "transport": "tranport; transprot; trasport",
    "tribunal": "tribunel; tribual; tribunual",
    "uncomfortable": "uncomfterble; uncomftable",
    "understand": "undestand; understnd; undersand",
    "understanding": "undestanding; understading",
    "unfortunately": "unfortunatly; unfortunatley; unfortunetly",
    "unhelpful": "unhelpfull",
    "until": "untill; til; till",
    "useful": "usefull; usful; use full",
    "useless": "usless",
    "website": "web site; webiste; web page",
    "welcoming": "welcomming; welcomeing",
    "which": "wich",
    "worried": "worryed; woried",
}


def _spellings(*tables: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables:
        for plain, written in table.items():
            for spelling in written.split(";"):
                found.setdefault(" ".join(spelling.lower().split()), plain)
    return found


_ALL = _spellings(_SERVICES, _TEXT_SPEAK, _SLIPS)
# A host's "add" and "4" are mostly the word and the number, and "c" is an answer's letter.
_TOO_OFTEN_WRONG = {"add", "4", "c", "rsa", "wit", "till", "moths", "ar meeting", "grate", "thou"}
_ALL = {spelling: plain for spelling, plain in _ALL.items() if spelling not in _TOO_OFTEN_WRONG}
# Spellings of one word, and those of several.
WORDS = {
    spelling: plain
    for spelling, plain in _ALL.items()
    if spelling.replace("'", "").isalnum() and spelling != plain.lower()
}
PHRASES = {
    spelling: plain
    for spelling, plain in _ALL.items()
    if spelling not in WORDS and spelling != plain.lower()
}
# What needs its neighbours to be told: a plan that is nobody's plan for the day.
PATTERNS = (
    (
        r"(?:the|his|her|their|our|my son's|my daughter's|draft|final|legal) plan"
        r"(?!\s+(?:for|to|is\s+to|was\s+to|b\b|of\s+action|ahead))",
        "the EHCP",
    ),
)
