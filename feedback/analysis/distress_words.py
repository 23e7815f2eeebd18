"""How words are spelt in one way for `distress`, and what sounds grave and is not.

All in small letters without apostrophes. Each line of EVERYDAY and of `distress_signs` is one
pattern or several with " | " between; a line that ends in "|" goes on in the next.
`{who}` and the like stand for PARTS. A gap is a few words at most, so that no text makes the
search slow. "." stands between sentences, as a word.
"""

PARTS = {
    "kin": r"(?:step ?|grand ?|great |foster |adoptive |little |baby |big |older |younger |twin |"
    r"unborn |own )?(?:mum|mam|mom|mummy|dad|daddy|mother|father|parents?|parent|nan|nanna|nana|"
    r"gran|granny|grandma|grandad|grandpa|son|daughter|child|children|kids?|boy|girl|baby|twins?|"
    r"brothers?|sisters?|sibling|siblings|uncle|aunt|auntie|aunty|cousin|nephew|niece|husband|"
    r"wife|partner|boyfriend|girlfriend|fiance|lad|toddler|grandson|granddaughter)",
    "other": r"(?:best )?(?:friend|mate|carer|teacher|ta|staff|pupils?|students?|peers?|escort|"
    r"driver|man|men|woman|person|people|adults?|worker|classmate|resident|neighbour)",
    "whose": r"(?:my|his|her|our|their|your|the|a|an|another|other|one of the|ur)",
    "own": r"(?:my|his|her|our|their|your)",
    "self": r"(?:my|him|her|them|your|our)sel(?:f|ves)",
    "be": r"(?:was|were|been|being|got|get|gets|getting|is|are|be)",
    "not": r"(?:dont|doesnt|didnt|not|never|wont|isnt|wasnt|cant|nobody|no longer)",
    "stop": r"(?= [.]|$)",
    "limb": r"(?:arms?|wrists?|legs?|thighs?|skin|belly|stomach|hands?|ankles?)",
    "gap": r"(?: \w+){0,3}",
}
PARTS["who"] = (
    rf"(?:me|him|her|them|us|you|mum|dad|nan|staff|{PARTS['whose']} (?:\w+ )?"
    rf"(?:{PARTS['kin']}|{PARTS['other']})|other (?:kids|children|pupils|people)|children|kids)"
)
PARTS["doer"] = (
    rf"(?:he|she|they|someone|somebody|who|i|we|man|men|boy|boys|girl|girls|teacher|{PARTS['kin']}"
    rf"|{PARTS['other']}|one|and|always|home)"
)

# What is written in other ways, a word at a time.
SPELLINGS = {
    wrong: right
    for right, written in {
        "suicide": "sucide suiside suicid suacide suecide suicde sewicide",
        "suicidal": "sucidal suicidel suisidal suicidle suicdal suecidal",
        "self harm": "selfharm selfharms selfharmed selfharming sh'ing",
        "kill himself": "khs",
        "kill myself": "kms",
        "unalive": "unaliv unalived unaliving unalives",
        "killed": "killd kild",
        "died": "dyed diead",
        "dying": "dieing diying",
        "abused": "abusd abuzed abuesd",
        "raped": "rapped",
        "punched": "punchd puncht",
        "kicked": "kickd kikd",
        "hitting": "hiting hittin hitin",
        "hits": "hitts",
        "touched": "tuched toched touchd",
        "hurt": "hert hurted",
        "hurts": "herts",
        "bruises": "brusies bruses bruzes bruiss",
        "cutting": "cuting cuttin",
        "restrained": "restraind restrianed restained",
        "myself": "meself mysel mysefl",
        "himself": "hisself himselve hiself himsef himslef",
        "herself": "hersel herslf herselve",
        "dont": "dnt dont",
        "want": "wana wanna wnt",
        "scared": "scard scarred",
        "mum": "mums",
        "dad": "dads",
        "nobody": "noone",
        "anymore": "nomore",
        "he is": "hes",
        "she is": "shes",
        "i am": "im",
        "they are": "theyre",
        "i have": "ive",
        "because": "cos coz cuz bc",
        "until": "till til untill",
    }.items()
    for wrong in written.split()
}
# And two words at a time.
PAIRS = {
    "do not": "dont",
    "does not": "doesnt",
    "did not": "didnt",
    "is not": "isnt",
    "was not": "wasnt",
    "no one": "nobody",
    "any more": "anymore",
    "no more": "anymore",
    "any longer": "anymore",
    "my self": "myself",
    "him self": "himself",
    "her self": "herself",
    "them selves": "themselves",
    "past away": "passed away",
    "still born": "stillborn",
    "step dad": "stepdad",
    "step mum": "stepmum",
}
# Words that nothing ordinary is one slip away from, but for what stands under ORDINARY.
UNMISTAKABLE = """suicide suicidal strangled strangling overdose overdosed molested restrained
    assaulted bereaved bereavement stillborn miscarriage headlock neglected""".split()
ORDINARY = frozenset("retrained restrainer neglecte".split())

# What sounds grave and is not: taken out before anything is looked for.
EVERYDAY = r"""
(?:to|2) die for | {own} (?:legs?|arms?|feet|brain) (?:was|were|is|are|went|feel) dead
dead (?:legs?|arm) | (?:blood|bleeding) (?:tests?|pressure|sample|sugar|taken|donor) | die cut
die casts?
(?:label|labels|chair|tag|tags|seams?|collar|wool|uniform|jumper)(?: \w+){0,2} scratch\w*
(?:made in|seventh|pure|absolute|sheer|was|bit of|like) heaven | for heavens sake | good heavens
(?:sexual|sex) (?:health|education|orientation|ed|relationships) | single sex | same sex
(?:nearly|almost|just about) killed (?:me|us) | grab\w* (?:me|us|him|her|you) (?:a|an|some|the)
{own} hands? shak\w* | sh(?:ake|akes|ook|aking) {own} (?:hand|hands|head)
(?:form|queue|walk|wait|stairs|hill)(?: \w+){0,2} kill\w* (?:me|us)
cuts (?:to|in|and (?:sticks|pastes|closures)) | life (?:and|or|and or) death | life death
dead for (?:years|months|weeks) | dragg\w* (?:round|around|along|on|out)
(?:nhs|service|services|system|club|group|forum|high street|town)(?: \w+){0,3} (?:dying|dead|died)
hitting (?:us|me|them) with | (?:bites?|biting|bit) {own} nails
(?:could|would) murder (?:a|some|an) | (?:slap|kick|smack|punch) in the (?:face|teeth|gut)
took all {own} (?:tablets|meds|medication|medicine) with
(?:died|dead) (?:my|his|her) (?:hair|top)
dead (?:good|easy|nice|chuffed|funny|happy|helpful|friendly|kind|quick|simple|proud|useful|busy|
  pleased|hard|long|slow|cool|interesting|boring|quiet|loud|cheap|keen|set|end|ends|line|lines|
  on time|on(?! the)|right|tired|excited|expensive|late|weight|heat|straight)
drop dead \w+ | over my dead body | play\w* dead | dead as a \w+ | wouldnt be seen dead
(?:died|die|dying|dies|dead) (?:of |from |with )?(?:laughing|laughter|embarrassment|boredom|shame|
  down|out|off|to (?:try|see|go|know|get|tell|have|meet|come|do|use|play))
(?:die|died) for (?:another|more|a|some|it)
(?:phone|battery|tablet|laptop|ipad|wifi|wi fi|signal|internet|car|van|engine|line|plant|plants|
  flowers?|tree|seeds?|computer|mic|microphone|conversation|link|idea|hoist|chair|
  printer)(?: \w+){0,3} (?:died|dead|dying|dies|die)
(?:dinosaurs?|bees|trees)(?: \w+){0,2} (?:died|dying|dead|die)
(?:sick|bored|scared|frightened|tickled|worried|thrilled|loves?|done|stressed) to death
death (?:by|of me|trap) | like death
kill(?:s|ing|ed)? (?:time|an hour|it|two birds|the mood|the joy|off|(?:my|his|her|our|their|
  the) (?:love|joy|mood|back|feet|legs|enthusiasm|confidence|fun|hope))
(?:feet|legs|back|forms?|queue|wait|waiting|stress|heat|paperwork|knees|arms|head|heating|noise|
  costs?|emails?)(?: \w+){0,4} killing (?:me|us|him|her)
(?:is|are) killing me{stop} | (?:dressed to|curiosity) kill\w* | \w+ killer
killer (?:question|app) | murder mystery\w* | (?:was|is|absolute|be) murder | get away with murder
scream\w* blue murder
cut(?:s|ting)? (?:off|out|up|back|down|through|short|and paste|corners|to|loose|it fine|in half|
  (?:the|his|her|their|our|my) (?:hours?|budget|funding|grass|hair|nails|jargon|food|time|cost|
  costs|service|services|support|respite|short breaks|red tape|waiting|fringe|toenails|sandwich))
cut (?:himself|herself|myself|themselves) (?:off|some|out|a|shaving|opening|making|cooking|on)
(?:cut|cuts|burnt|burned|scratched|hurt|bit|hit|bumped|banged|bruised|scraped|
  broke) {own} (?:finger|fingers|thumb|knee|knees|elbow|toe|toes|foot|tongue|lip|ankle|back|
  feelings)
(?:hurt|burnt|burned|hit|scratched|bit) (?:himself|herself|myself|themselves)(?: badly)? (?:at|
  on (?!the head|the face|purpose)|in|playing|falling|during|while|making|cooking|climbing|
  when (?:he|she|i|they) fell)
(?:cut|scratched|burnt|burned|hurt|hit|banged) {own} (?:\w+ )?(?:{limb}|head) (?:on (?!purpose)|at|
  in|playing|falling|during|while|climbing|when (?:he|she|i|they) fell)
(?:bang|hit|hitting|banging|beating|bashing|smashing) (?:my|our|your) heads? (?:against|on|off)
pull(?:ing|ed)? (?:my|our) hair out(?! (?:in clumps|until))
(?:hit|hits|hitting) (?:the|a|home|on|rock bottom|it off|and miss|or miss|{own} (?:target|targets|
  goal|goals|stride|drum|milestones?))
(?:it|that|this|which|really|just|reality|news|covid|flu|grief|tiredness|all|cuts|never|
  then) (?:hit|hits|touched|hurts?|beats?|bit) (?:me|us|him|her|them)
hit (?:me|us|him|her|them) (?:with|how|that|hard|like|for|where|what|why)
(?:{be} )?(?:hit|battered|beaten|crushed|kicked|slapped|struck) (?:hard|with|
  by(?: the| a| an)? (?:cuts|system|costs?|prices|council|covid|pandemic|wave|bill|charge|fine|
  traffic|better|appeal|stress|paperwork|news|recession|bug|virus|cold))
kick\w* (?:him|her|me|us|them|you|my \w+) (?:out|off|up|into gear) | kick\w* off | kicked out
beat\w* (?:me|him|her|us|them|you|everyone|my \w+) (?:at|to|by|why|how|in the (?:race|game|final|
  quiz))
(?:touched|touching|touch) (?:base|on|upon|by|with|wood|screen|a nerve|typing|football|the)
(?:in|keep in|lost|lose|soft|finishing|personal|human|light) touch\w* | very touching | so touching
(?:story|song|words|talk|speech|kindness|film|card|poem|letter|gesture)(?: \w+){0,2} touch\w*
touch\w* (?:me|us|him|her) (?:deeply|greatly|so much|to tears|very)
passed away (?:the|an|some|a few|many|our|their)? ?(?:time|hours?|day|days|afternoon|morning)
lost (?:my|our|his|her|the) {kin} (?:in|at|on|for|inside|somewhere|and then found|briefly|
  near)(?= (?:the|a|an|soft|town|tesco|asda|ikea|there|five|ten|twenty|two)\b)(?! (?:\w+ weeks|
  months|the (?:crash|fire|accident|war|pandemic|night|flood|summer|spring|winter|womb)))
abus\w* (?:of (?:process|power|position|trust|the|their|its|public|funds|our|blue)|(?:its|their|
  the|our|this) (?:power|powers|position|system|rules|trust|process|parking|scheme))
(?:drug|alcohol|substance|drugs) abuse
neglect\w* (?:to \w+|the (?:plan|paperwork|form|forms|building|garden|area|basics|issue)|area|
  areas|building|garden|part|town|estate|issue|topic|paperwork|duty|duties)
(?:building|garden|area|town|estate|park|pavements?|road|roads|play ?ground|toilets|site|website|
  hall|plan|paperwork|it)(?: \w+){0,3} neglected
(?:staff|they|school|schools|council|services) neglect | non violen\w+
violence (?:reduction|prevention|duty|strategy) | violent (?:storm|film|films|game|games|video)
assault course | stab in the dark | take a stab | have a stab | stabbing pains? | take\w* refuge
is a refuge | a refuge from | grief from
(?:gave|give|gives|giving|give us|gave me) (?:\w+ )?grief | good grief | come to grief
drown\w* (?:in|out|with) (?:emails?|paperwork|forms|paper|admin|debt|work|noise|the noise)
leave (?:me|him|her|us|them) alone | left alone{stop} | hungry for
(?:dog|horse|pet|poodle) groom\w* | gang (?:show|hut) | starving artist | knife and fork
knife skills | secluded (?:spot|garden|beach|corner|area|place|seat|seating)
"""
