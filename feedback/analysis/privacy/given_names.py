"""Given names, surnames and the words around names, as people in England write them.

No list is complete: names that stand in none are found by what stands around them.
"""

# Given names that are no words of daily life, so that they are names in small letters too.
GIVEN = frozenset(
    """
    aaliyah aaron abbie abby abdul abdullah abigail abu ada adam adrian agnes ahmad ahmed aidan
    aiden aimee aisha aishah alan alana alastair albert albie alec aleksander alesha alex alexa
    alexander alexandra alexis alfie alfred ali alice alicia alina alisha alison alistair allan
    allison alma amanda amara amber amelia amelie amina aminah amir amira amy ana anastasia andrea
    andrew andy aneesa angela angus anisa anita ann anna annabel annabelle anne annette annie
    anthony antonio anya aoife archer archie aria ariana arjun arlo arthur arun arya ash asha
    ashley ashleigh astrid aubrey audrey austin ava avery ayaan ayan ayesha ayla bailey barbara
    barnaby barry bartek bartosz beatrice becky belinda ben benjamin bernadette bernard bertie
    beth bethan bethany betty beverley bianca billie billy blake bobby bogdan brandon brenda
    brendan brian bridget brian bronwyn brooke bruce bryan bryony caitlin caleb callie callum
    calum cameron camilla carl carla carlos carol caroline carolyn carrie casey caspian cassie
    catherine cathy cerys chantelle charlene charles charley charlie charlotte chelsea cheryl
    chester chloe chris christian christina christine christopher ciara cillian claire clara clare
    claudia clive cody cohen colette colin connie connor conor cora corey courtney craig cristina
    curtis cynthia dafydd daisy dale daley damian damien dan dana daniel daniela danielle danny
    daphne darcey darcie darcy daria darius darren dave david dawid dean deborah debbie declan
    deepak delilah denise dennis derek devon dexter diana diane diego dilys dominic dominik donna
    doreen doris dorothy dougie douglas duncan dylan eddie edith edward edwin eileen eilidh elaine
    eleanor elena eli elias elijah elin eliza elizabeth ella elle ellen ellie elliot elliott elise
    elodie elsie emil emilia emilie emily emma emmanuel erica erik erin esme esmee esther ethan
    ethel eva evan evangeline eve evelyn evie ewan eze ezra fatima fatimah fergus fernando filip
    finlay finley finn finnley fiona fletcher florence frances francesca francis frankie fraser
    fred freddie freddy frederick freya gabriel gabriella gabrielle gareth gary gavin gemma
    genevieve geoff geoffrey george georgia georgie georgina gerald gerard gethin gillian gina
    giovanni glenda glenn gloria gordon graeme graham grainne greg gregory greta guy gwen gwyneth
    habib hadley hafsa halima hamish hamza hana hannah hari harley harper harriet harris harrison
    harry harvey hasan hassan hattie hayden hayley heath heather hector heidi helen helena
    henrietta henry hilary holly howard hubert hugh hugo humaira hussain ian ibrahim ifan ikram
    ilyas imogen imran ines iona ioan ira irene irfan iris isaac isabel isabella isabelle isha
    isla ismail israel ivan ivor ivy iwan izzy jace jackie jackson jacob jacqueline jade jaden jai
    jake jakub jamal james jamie jan jane janet janice janine jared jasmin jasmine jason jasper
    javed jaxon jaxson jay jayden jean jed jeff jeffrey jemima jemma jen jenna jennifer jenny
    jenson jeremy jerome jess jesse jessica jessie jill jim jimmy jo joan joanna joanne jodie joe
    joel joey john johnny jolene jon jonah jonathan jonny jordan joseph josephine josh joshua
    josie joyce juan judith jude judy julia julian julie juliet june justin kacey kai kamal kane
    kara karen karim karina karl karolina kasia kate katherine kathleen kathryn kathy katie katy
    katya kay kaya kayden kayla kayleigh keeley keira keiran keith kelly kelsey kenneth kenny
    kerry kevin khadija khadijah khalid kian kieran kim kimberley kirsty kiran klaudia kofi kris
    kristina krystian krzysztof kwame kyle kylie kyra laila lara larry latifah laura lauren
    laurence layla leah leanne lee leila lena lennon lennox leo leon leona leonard leroy lesley
    leslie lewis lexi lexie liam libby lidia lilian lillian lilly lily lina linda lindsay lindsey
    lisa liz lizzie logan lola lorna lorraine lottie lou louie louis louisa louise luca lucas
    lucia lucinda lucy luis luka lukasz luke luna lydia lyla lyn lynda lynn lynne mabel macey
    maciej mackenzie maddie maddison madeleine madison maeve magda magdalena mahmoud maisie maja
    malachi malcolm malik mandy marcel marcin marcus margaret maria mariam marian marianne marie
    mario marion marjorie marlon marsha marta martha martin martyn mary maryam mason mateo mateusz
    matilda matt matthew maureen maurice max maxwell maya megan mehmet melanie melissa melody
    mercy mia michaela michael michal michelle miguel mike mikolaj mila miles millie milly milo
    mina miriam mo moira mohamed mohammad mohammed mohammad moira molly mollie monica monika
    morgan moses muhammad muhammed muriel musa mustafa myra nabil nadia naomi natalia natalie
    natasha nathan nathaniel ned neil nell nellie niall niamh nicholas nick nicky nicola nicole
    nigel nikita nikki nikola nina noah noel nora norah noreen norma norman nyla oakley ola olive
    oliver olivia ollie oluwaseun omar orla orlaith oscar osian oskar otis otto owen paige pamela
    pat patricia patrick patryk paul paula pauline pearl peggy penelope penny percy peter phil
    philip philippa phillip phoebe piotr pippa polly poppy prakash priya przemek quentin quinn
    rachael rachel rafael rahul raj rajesh ralph ramona rania raphael rashid ravi raymond rebecca
    reece reggie reginald rehana reuben rhian rhiannon rhys ria ricardo richard rick ricky riley
    rita roan rob robbie robert roberta robin robyn rodney roger rohan roisin roman ronan ronnie
    rory rosa rosalind rosanna roseanne rosemary rosie ross rowan roxanne roy ruben ruby rufus
    rupert russell ruth ryan ryder saanvi sabina sabrina sadia sadie saeed safiya saffron sahil
    saira salim sally salma salman sam samantha samina samir samira samuel sandra sanjay saoirse
    sara sarah sasha scarlett sean sebastian selina serena shabana shane shannon sharon shaun
    shauna sheila shelley sheryl shirley sian sidney sienna simon simran sinead siobhan sofia
    sonia sonya sophia sophie spencer stacey stan stanislaw stanley stella stephanie stephen steve
    steven stewart stuart sue suleiman sunita surya susan susanna susie suzanne sybil syed sylvia
    szymon tabitha tahir tamara tamsin tanya tara tariq tasha tayla ted teddy terence teresa terri
    terry thea thelma theo theodore theresa thomas tia tiffany tilly tim timothy tina tobias toby
    todd tom tomasz tommy toni tony tracey tracy trevor tristan trudy tyler tyrone umar una ursula
    usman vanessa vera verity veronica vicki vickie vicky victor victoria vihaan vijay vikram
    vincent viola violet vivian vivien vivienne wanda wayne wendy wesley wiktor wiktoria wilfred
    wilfrid william willow winifred winnie wojciech xander yahya yasin yasmin yasmine yosef
    youssef yousuf yusuf yvette yvonne zac zach zachary zack zahra zain zainab zak zakaria zane
    zara zayn zeeshan zena zeynep zoe zofia zuzanna
    """.split()
) - frozenset(
    """amber ash archer austin blake brooke cohen dale dawid devon guy harper heath heather iris
    israel ivy jade jan jay jean june kane lee luna mason max melody mercy miles olive pat pearl
    penny poppy ray rick robin rowan ruby ryder saffron sandy spencer stan sue ted tia tiger tim
    tony violet willow chelsea chester lewis paige una an ali ana ann bill bob
    will ola daisy holly ira roman florence jordan victoria georgia lincoln kent sydney paris
    london brook summer verity viola mo morgan eve tom ria jess eli jo kim phoenix""".split()
) | frozenset("tom jess jo kim ali mo lewis jordan eli tim tony victoria georgia paige ann".split())

# Given names that are words too: names with a capital inside a sentence, or beside a cue.
GIVEN_WORDS = frozenset(
    """
    amber angel archer art ash aurora austin autumn basil bay bear beau bill blake blossom blue
    bob bonnie brook brooke buddy cherry chase clay cliff coco cohen crystal dahlia daisy dale
    dawn devon dot drew echo eden ember eve faith fern flora florence forest fox frank gale ginger
    glory goldie grace grant guy hank harmony harper haven hazel heath heather heaven holly honey
    hope hunter indigo iris israel ivory ivy jack jade jan jasper jaz jay jean jet jewel journey
    joy kane kent kit king lance lark laurel lee lilac london luna lux mark mason maverick max
    melody mercy miles mill minnie misty nate nova ocean olive paris pat patience peaches pearl
    penny peter phoenix pixie poppy prince princess queenie rain ray rex rich rick river robin rod
    rose rowan roman ruby rusty ryder saffron sage sandy savannah scout serenity shay sky skye
    skyla sonny spencer star stan storm sue sunny sydney ted terry theo tia tiger trinity trixie
    una verity viola violet ward wade warren will willow wren zion ria
    """.split()
) - frozenset("jack mark peter terry theo jasper".split()) | frozenset(["mark"])
GIVEN |= {"jack", "jaz", "minnie", "queenie", "skye", "skyla"}

# Months are names only beside a cue.
GIVEN_MONTHS = frozenset("jan april may june august summer autumn".split())
GIVEN_WORDS = (GIVEN_WORDS | {"precious", "blessing", "gift", "lucky", "justice"}) - GIVEN_MONTHS
# Never a name in small letters: the sentence goes on with them.
NEVER_SMALL = frozenset(
    "will may can art bill mark guy grant chase hope joy star king rich".split()
)

# Words that begin sentences as themselves more often than as names.
NOT_FIRST = frozenset(
    """art ash autumn bay bear bill blue chase clay cliff crystal dawn dot echo faith
    forest fox frank gift glory gold grace grant guy harmony haven heaven honey hope hunter indigo
    ivory journey joy justice king lark light lucky mark may melody mercy mill misty nova ocean
    park patience peaches pearl prince princess rain ray rich river rose sage sandy scout sky star
    storm sunny tiger trinity ward will winter""".split()
)

SURNAMES = frozenset(
    """
    abbott adams ahmed akhtar ali allen anderson andrews armstrong atkinson bailey baker ball
    banks barker barnes barrett bates begum bell bennett berry bird bishop black booth bradley
    brooks brown bryant burke burns burton butler byrne campbell carr carter chambers chapman
    charlton clark clarke coleman collins cook cooper cox craig crawford cross cunningham davidson
    davies davis dawson day dean dixon dobson doherty doyle duffy dunn edwards elliott ellis evans
    farrell fisher fleming fletcher ford foster fox francis fraser freeman gallagher gardner
    george gibson gill gordon graham grant gray green greenwood griffin griffiths hall hamilton
    harding harper harris harrison hart harvey hawkins hayes henderson higgins hill hobson holmes
    howard howell hudson hughes hunt hunter hussain iqbal islam jackson jacobs james jenkins
    johnson johnston jones jordan joyce kaur kelly kennedy kerr khan king knight kowalski kumar
    lambert lane lawrence lawson lee lewis lloyd long love lynch macdonald mahmood marsh marshall
    martin mason matthews mccarthy mcdonald mckenzie mclean miah miller mills mitchell moore
    morgan morris morrison moss murphy murray nash newman newton nicholson nolan nowak obrien
    oconnor oneill osborne owen page palmer parker parkinson parry patel patterson payne pearce
    pearson perkins perry peters phillips pollard poole porter potter powell price pritchard quinn
    rahman reed rees reeves reid reynolds rhodes rice richards richardson riley roberts robertson
    robinson rogers rose ross rowe russell ryan sanders saunders scott sharma sharp shaw shepherd
    simmons simpson singh smith spencer stevens stevenson stewart stone sullivan sutton swift
    taylor thomas thompson thomson thornton todd tomlinson townsend tucker turner walker wallace
    walsh walters ward warner warren waters watson watts webb webster wells west white whitehead
    wilkins wilkinson williams williamson willis wilson winter wong wood woods woodward wright
    yates young
    """.split()
)

TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend aunty auntie uncle aunt".split()
)
# Small-letter words that are titles only with a capital: "miss" is a verb, "doctor" a job.
WEAK_TITLES = frozenset("miss doctor professor uncle aunt auntie aunty".split())
KIN = frozenset(
    """
    son daughter child boy girl lad lass brother sister twin twins grandson granddaughter grandchild
    nephew niece stepson stepdaughter husband wife partner cousin friend mate eldest youngest oldest
    baby toddler teenager teen kid kids children sons daughters boys girls siblings ds dd bro sis
    boyfriend girlfriend fiance fiancee mum mam mom dad nan nana nanny gran grandma grandad
    stepdad stepmum pupil student neighbour bestie foster
    """.split()
)
ROLES = frozenset(
    """
    teacher teachers ta lsa head headteacher deputy senco sendco caseworker keyworker worker officer
    coordinator co-ordinator driver escort assistant nurse visitor consultant paediatrician
    therapist therapists psychologist psychiatrist receptionist manager director trainer presenter
    facilitator tutor coach volunteer practitioner mentor counsellor physio ot salt slt ep
    chaperone carer childminder speaker host organiser advisor adviser advocate lady gentleman
    principal dinner-lady lead leader colleague specialist staff
    """.split()
)
# What follows somebody's name: "Jack's mum".
BELONGING = frozenset(
    """
    mum mam mom mummy mother dad daddy father parent parents nan nana gran grandma grandmother
    grandad grandfather carer sister brother auntie aunt uncle teacher family wife husband stepmum
    stepdad guardian childminder foster twin partner ta key social ehcp school class plan
    diagnosis needs behaviour helper
    """.split()
)
OWNERS = frozenset("my our his her their your a the this that another one mine".split())
# What stands after a name that is written small: "my son jaydn has …".
AFTER_NAME = frozenset(
    """
    has is was had needs needed got gets goes went loves loved likes liked can can't cannot could
    couldn't would wouldn't will won't who does doesn't did didn't hates hated struggles struggled
    attends attended started starts waits waited lives lived wants wanted feels felt says said told
    and isn't wasn't hasn't came comes finds found enjoyed enjoys made makes uses used turned turns
    suffers been aged age helped helps keeps kept deserves moved left cried cries thinks thought
    """.split()
)
