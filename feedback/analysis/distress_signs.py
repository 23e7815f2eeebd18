"""The ways in which people say what is hard to read; written as `distress_words` explains."""

# Each line is one way to say it; a comment with any of them carries the kind.
SIGNS = {
    "suicide": r"""
talked down | nothing (?:left )?to live for | help (?:me|him|her) (?:to )?die
asked (?:me|us) to (?:kill|let) | topp?(?:ing|ed) {self}
(?:may as well not|better not to|want to stop|wants to stop) exist(?:ing)?
(?:driv\w+|walk\w*|crash\w*)(?: \w+){0,3} (?:into|off) (?:a|the) (?:river|wall|tree|sea|cliff|
  bridge|lorry|train|traffic|canal)
(?:if|when|can|could|wants? to|let me|let him) (?:\w+ )?go(?:es)? to heaven | heaven is
(?:hide|hid|lock|locked)(?: away| up)? (?:\w+ ){0,3}(?:knives|knife|tablets|pills|medication|meds|
  scissors|blades|sharps)
(?:lined up|saved up|saving up|hoard\w*|stockpil\w*|stash\w*) (?:\w+ ){0,2}(?:meds|medication|
  tablets|pills)
(?:point|reason|worth|hates?|tired of|sick of|being) (?:in |of )?being (?:alive|here anymore)
(?:end|ends|ending|ended) everything | how to die | dark (?:thoughts|place)
(?:take|took|taking|taken) {own} (?:own )?(?:life|lives)(?! over| back| seriously)
{not} (?:being|be) (?:around|here)(?: anymore|{stop}| and)
talk(?:ed|ing)? (?:him|her|them|me) down(?: from| off|{stop}) | (?:sleep|asleep) for ?ever
rather (?:be dead|die|not be (?:here|alive))
(?:attempt|attempts|attempted|tried) (?:on {own} life|to (?:end|take) {own}|to od) | suicid\w*
unalive | overdos\w* | ligatures? | kill(?:s|ed|ing)? {self}
(?:end|ends|ended|ending) (?:it all|things for good|{own} (?:own )?(?:life|lives)|{self})
(?:want|wants|wanted|wanting|wish|wishes|going|tried|trying|ready|tries) to end it(?! (?:at|by|
  with|early|on|earlier|the|there|all by))
{not} want(?:s|ed)?(?: to)? (?:be alive|exist|wake up|carry on living|be on this (?:earth|planet)|
  be in this world|keep living)
{not} want(?:s|ed)?(?: to)? (?:be here|live|be around|go on)(?: anymore|{stop}| and)
(?:want|wants|wanted|wanting|wish|wishes|wished|ready|rather|going|tried|trying|
  tries)(?: to)? (?:die|be dead)
(?:wish|wishes|wished|wishing)(?: that)? (?:i|he|she|they|we) (?:was|were|wasnt|werent|had|could|
  is)(?: be| been| just| never| not){0,2} (?:dead|born|alive|here|gone|asleep forever)
better off dead
(?:everyone|everybody|family|world|they|people|mum|you|we|
  all)(?: \w+){0,2} better off without (?:me|him|her|them|us)
(?:took|take|taken|takes|taking|swallowed)(?: \w+){0,2} (?:too many|all|loads of|lots of|a load of|
  a bottle of|a packet of|whole packet of)(?: \w+){0,2} (?:tablets|pills|meds|medication|
  paracetamol)
(?:take|took|takes|taking|taken) {own} own (?:life|lives) | (?:hang|hanged|hanging|hung) {self}
found(?: \w+){0,2} hanging
(?:no|see the|see no|any|what is the|whats the|the) (?:point|reason) (?:in|to|of|for) (?:living|
  live|life|carry on|carrying on|going on|being here|being alive)
{not} worth living | (?:goodbye|suicide) (?:letter|letters|note|notes)
sleep and (?:never|not) wak\w+(?: up)? | never wake up
hop\w+ (?:i|he|she) (?:dont|doesnt) wake up
(?:walk|walked|ran|run|runs|step|stepped|jump|jumped|lie|lay)(?: out)? (?:in front of|under) (?:a|
  the|moving) (?:cars?|train|bus|lorry|traffic)
(?:jump|jumps|jumped|jumping|throw {self}|threw {self}) (?:off|out of|from|
  out)(?: of)? {whose}(?: \w+){0,2} (?:bridge|window|roof|balcony|building|car park|cliff)
(?:cord|rope|belt|cable|string|wire|shoelace|dressing gown)(?: \w+){0,2} (?:round|
  around) {own} neck
(?:thoughts?|thinks?|thinking|talks?|talking|talked|dreams?) (?:of|about) (?:dying|death|
  being dead|ending (?:it|things)|not being here)
(?:done|had enough) (?:of|with) (?:life|living) | disappear forever
""",
    "self_harm": r"""
(?:daughter|son|she|he|i|sister|brother) cuts(?: and| when| since| because| to| at|{stop})
(?:her|his|my|the|hides|hide|hiding|fresh|new|old|many|hundred) cuts (?:under|on|with|are|were|
  with|up|down|all)
bitten (?:through|into) | blood (?:on|all|everywhere|down) | (?:do|did|does|doing|done) sh
(?:lighter|knife|razor|scissors|compass|blade|needle|pin) to {own} (?:own )?(?:{limb}|face)
(?:tears?|tearing|claws?|clawing|digs?|digging|picks?|scratch\w*|hits?|bites?) (?:at )?(?:his|her|
  their) (?:own )?(?:face|skin|head|neck|eyes|scalp|chest|{limb})
headbutts? (?:the )?(?:floor|wall|walls|door|table)
(?:hits?|hitting|punch\w*|slap\w*|smack\w*|whack\w*|bash\w*|scratch\w*|claw\w*|thump\w*|pinch\w*|
  bites?|biting|bangs?|banging|cuts?|burns?|stabs?|digs?|gouges?|picks|
  picking) {own} own (?:\w+ )?(?:{limb}|face|head|eyes?|skin|body|chest|legs?|fingers?)
cutting (?:is|was|has|helps|and burning|episodes?) | where (?:she|he|i|they) (?:cuts?|burns?)
(?:draws|drawing) blood(?! (?:from|for|form|sample))
(?:nails|teeth) (?:in|into|in to) (?:his|her|my|their) (?:own )?(?:skin|{limb}|face)
pull\w*(?: out)? (?:his|her|my|their) (?:own )?(?:eyelashes|eyebrows|nails|hair)
bit(?:e|es|ing)? (?:\w+ ){0,2}(?:from|out of|off) (?:his|her|my|their)
(?:ties|tied|tying) (?:things|string|something|\w+) (?:round|around) {own} (?:neck|{limb})
(?:swallow\w*|eats|ate|drank|drinks) (?:\w+ ){0,2}(?:batteries|bleach|glass|magnets|razor)
self (?:harm\w*|injur\w*|mutilat\w*|hurting)
(?:cut|cuts|cutting|scratch\w*|burns|burning|burn|burnt|burned|bite|bites|biting|hit|hits|hitting|
  punch\w*|slap\w*|hurt|hurts|hurting|harm\w*|stab\w*|starv\w*|chok\w*|injur\w*|scald\w*|claws?|
  claw\w*|headbutt\w*|attack\w*|strangl\w*|bash\w*|smack\w*|nip\w*|gouge\w*|pinch\w*) {self}
(?:cut|cuts|cutting|scratch\w*|burn\w*|slash\w*|slit\w*|slic\w*|
  carv\w*)(?: up| into)? {own} (?:own |left |right |inner |upper )?{limb}
(?:he|she|i|son|daughter|have|been|started|they)(?: \w+){0,2} cutting (?:again|since|when|because|
  at night|to cope|every|after|{stop})
(?:stopped|started|back to|kept) cutting{stop}
(?:cuts|scars|marks|burns)(?: all)? (?:up|down|over|on|along|across) {own} (?:\w+ )?{limb}
(?:scars?|marks|bleeding|blood) from cutting | razor blades?
(?:found|hid|hides|hiding|has|had|keeps)(?: \w+){0,2} (?:blades?|razors?)
(?:bangs|banging|smash\w*|hits|hitting|bashes|bashing|slams|slamming|bang) (?:his|her|their|
  my) (?:own )?head
head ?banging | (?:pulls|pulling|rips|ripping|tears|tearing) (?:his|her|their|my)(?: own)? hair
(?:make|makes|making|made) {self} (?:sick|throw up|bleed|vomit)
until (?:it|they|he|she|i|{own} \w+) (?:is |are )?(?:bleeds?|bled|bleeding)
(?:picks|picking|scratch\w*)(?: \w+){0,3} (?:bleeds?|bled|bleeding|raw)
(?:hurt|cut|burn)\w* {own} \w+ on purpose | on purpose to hurt | punish\w* {self} | starv\w* {self}
""",
    "violence": r"""
(?:hit|hits|hitting|kick|kicks|kicked|kicking|beat|beats|beating|punch\w*|slap|slaps|slapped|
  slapping|smack\w*|shake|shakes|shook|shaken|chok\w*|thump\w*|shov\w*|grabs|grabbing|bites|biting|
  bitten|pinch\w*|hurts|hurting|hurt|trips|tripped|poked|pokes|jumped|battered|batters|spits|
  spat) (?:\w+ )?{who}(?! (?:feelings|interest))
(?:kicks|kicked|beats|hits|punch\w*|smack\w*) {whose} (?:dog|cat|pet|walls?|doors?|hands?)
{be} (?:pushed|shoved|thrown|tripped|knocked|chased|grabbed|dragged|hit|kicked) (?:into|down|over|
  off|by|onto|out of|from|round|across)(?! (?:bus|one|two))
held {own} (?:arms?|hands|wrists?|legs?|head) (?:behind|down|back|so|until|tight)
strapped (?:down|to)
(?:shut|locked|trapped) (?:\w+ )?in (?:the|a|an|his|her|their|there)(?! (?:lift|system|loop))
(?:breaks|broke|smashes|smashed|trashes|trashed|wrecks) (?:things|the (?:telly|tv|house|door|
  windows?)|everything|up the house|my (?:things|room|toys))
(?:twist\w*|yank\w*|bent|squeez\w*|punch\w*|slap\w*|smack\w*|kick\w*|knock\w*|pulls|pulled|pulling|
  grab\w*|split|crack\w*) (?:his|her|my|their) (?:\w+ )?(?:arms?|hair|neck|throat|wrists?|face|
  head|teeth|tooth|nose|legs?|ribs?|ears?|fingers?|stomach|back|lip)
hair pulled
(?:put|pushed|pulled|wrestled|forced|took|got|floored|brought|tackled) {who}(?: \w+){0,2} (?:on|to|
  onto) the (?:floor|ground)
locked (?:room|cupboard|cell) | bottled | black and blue | broken glass
threatened {who}(?! with (?:court|legal|fines?|a fine|exclusion)) | threatening {who}
(?:throw|throws|threw|throwing|lobs?|lobbed)(?: \w+){1,4} at {who} | pushed (?:\w+ )?off
(?:gang|group|crowd|bunch) of (?:\w+ )?(?:boys|girls|lads|kids|pupils|them) (?:\w+ ){0,2}(?:on|hit|
  kick\w*|jump\w*|surround\w*|attack\w*|batter\w*)
(?:spits?|spat|spitting) (?:at|on|in)
(?:kill|kills|killed|killing|strangle|murder|murdered|murders)
(?:slam|slams|slammed|smash|smashes|smashed|bash|bashed|banged|shoved|pushed|hit|kicked|
  punched) {whose} (?:head|face) (?:on|against|into|in|off|down|to)
(?:sat|sits|sitting|knelt|kneeling|lay|laid|stood|stamped) on (?:top of )?{who}(?! (?:lap|knee|bed|
  chair|face ?time))
(?:pulled|pulls|pulling|dragged|drags|hauled|yanked|yanks|
  marched)(?: \w+){0,5} by {own} (?:wrists?|arms?|hair|hood|legs?|ankles?|feet|ear|collar|neck)
(?:beating|hurting|bashing|smashing|punching) {who}(?! (?:feelings|to|at|in|with))
left (?:\w+ )?(?:marks|bruises)
(?:round|across|over|in|on) the (?:head|face|back of the head) with
(?:hit|hits|smacks?|slaps?|punch\w*|kick\w*|clip\w*)(?: \w+){0,3} (?:round|across|in) the (?:head|
  face|ear|stomach|belly|back|ribs|privates)
(?:broke|broken|fractured) (?:his|her|my) (?:nose|jaw|ribs?|cheek)
knocked (?:him|her|me|{who}) (?:out|unconscious|to the) | restrained
(?:physical|prone|floor|used|using|uses|of|mechanical|being|illegal|unlawful|supine|through|during|
  after|by) restraints?
restraints? (?:on|used|was|were|of|by|holds?)
(?:pin|pinned|pinning|pins) {who}(?: \w+){0,2} (?:down|floor|ground|wall|against|bed)
{be} pinned (?:down|to the floor|to the ground|by|against)
(?:held|hold|holding|holds) {who} (?:face )?(?:down|under|(?:\w+ ){0,2}on the (?:floor|ground)|
  against|by (?:the|his|her|my))
{be} held (?:face )?down by | face down on | head ?lock | choke ?hold | prone position
(?:lock|locks|locked|locking|shut|shuts|trapped) {who}(?: \w+){0,1} (?:in|inside|away)
{be} (?:locked|shut) (?:in|inside|away) | secluded | seclusion | padded room
(?:drag|drags|dragged|dragging) {who}{gap} (?:by|into|across|out|down|off|from|through)
(?:manhandl|strangl|throttl|headbutt|asphyxiat)\w* | rugby tackled
(?:punch|punches|punched|punching|slap|slaps|slapped|slapping|smack|smacks|smacked|smacking|chok|
  choke|chokes|choked|choking|stab|stabs|stabbed|thump|thumps|thumped|thumping|whack|whacks|
  whacked|whipped|whips|assault|assaults|assaulted|assaulting|attack|attacks|attacked|attacking|
  batter|batters|battered|thrashed|hit|hits|hitting|kick|kicks|kicked|kicking|bites|biting|
  bitten) {who}
(?:he|she|child|pupil|boy|girl|son|daughter|has|they|who|and|dog) (?:bit|beat|beats) {who}
{be} (?:hit|punched|kicked|slapped|smacked|beaten|attacked|assaulted|stabbed|choked|bitten|thumped|
  battered|dragged|jumped|spat at|spat on|thrown|pushed over|pushed down|hurt by (?:{who}|
  someone))(?! (?:out|off|to|at))
(?:beat|beats|beating|beaten|bashed|done) (?:\w+ |{who} )?up{stop} | beaten up
(?:beat|beats|beating) (?:{who} )?up
(?:pushed|pushes|pushing|shoved|shoves|shoving|push) {who} (?:down|over|against|off|
  to the (?:floor|ground|wall)|into (?:a|the) (?:wall|door|road|fence))
(?:grab|grabs|grabbed|grabbing|lifted|picked|pulled|had|got) {who}(?: \w+){0,2} (?:by|
  round) {whose} (?:neck|throat|hair|scruff|collar|ears?|wrists?|arms?|hood|coat)
by (?:the|his|her|my) (?:throat|hair|scruff)
(?:hands|hand) (?:round|around|on|over) {own} (?:throat|neck|mouth)
(?:covered in|unexplained|with|had|has|found|having|see|seen|of) (?:\w+ ){0,2}bruis(?:es|ing|e)
bruis(?:es|ing|e) (?:\w+ ){0,2}(?:on|over|up|down|round|around|to) (?:\w+ )?{own} | black eyes?
(?:hand|finger) ?prints? on {own}
threat\w*(?: \w+){0,4} (?:kill|stab|hurt|hit|burn|beat|shoot|knife|weapon)
(?:said|says|saying|wants|want|wanted|tried|trying|tries|going)(?: \w+){0,4} kill (?:me|him|her|
  them|us|you|everyone|someone|people|{whose} \w+)
(?:threaten\w*|carrying|carries|carried|waved|waving|brought|came at|chased|
  lunged) (?:\w+ ){0,4}(?:knife|knives|machete|gun|hammer|blade)
(?:pulled|pulls|brandish\w*|grabbed|grabs) a (?:knife|blade|machete|gun)
(?:threw|throws|throwing|thrown) (?:a|the|things|stuff|his|her|my|chairs|plates|
  tables)(?: \w+){0,2} at {who}
(?:threw|throws|thrown|slammed|slams) {who} (?:across|against|to the|down|on the|into) | stabbed
stabbing | knife crime | (?:was|were|been|got) (?:shot|murdered) | murdered (?:by|in|{own})
shot dead | violent | violently | violence
(?:with|using) (?:a|his|her|the) (?:belt|cane|slipper|wooden spoon) | assaults? | physical attack
(?:jumped|stamped|stamps|spat|spits|spitting|sat) (?:on|at|in) (?:me|him|her|us|{own} face)
""",
    "abuse": r"""
(?:{kin}|stepdad|stepmum|he|she) (?:always |just |still )?(?:shouts|screams|yells|swears|
  hits) (?:at|and|all)
hid(?:e|es|ing) (?:under|in|from|behind|when)(?: \w+){0,4} (?:dad|mum|he|she|bed|wardrobe|shouting)
(?:is|was|now|went|dad|father|mum|back) in prison
what (?:he|she|they) did to (?:me|us|him|her|them|{who}) | child protection
(?:be|make me|make us) sorry if | regret it if | (?:nasty|cruel|horrible) to me at home | abuse
(?:{kin}|he|she|ex) (?:has |have |had |was |is |been ){0,3}(?:drinking|drunk|on drugs)
{not} (?:feel |feels |felt |be |been )?safe with (?:{own} )?(?:{kin}|him|her|ex|them)
restraining order | non molestation | br\w+ (?:the|a) court order
(?:get|gets|got|getting|given|gives me|use|used|uses) the (?:belt|slipper|stick|cane)
(?:wont|wouldnt|would not|doesnt|never|didnt) let (?:me|her|him|us) (?:leave|out of|eat|see any|
  go out)(?! early)
(?:shouts?|shouted|screams?|screamed|yells?|yelled|shouting|screaming) in {own} face
(?:calls?|called|calling) (?:me|him|her|them) (?:an? )?(?:disgusting|stupid|retard\w*|worthless|
  spastic|spaz|freak|useless|thick|fat|ugly|evil|mong)
(?:leave|left|run|ran|flee|escape\w*) (?:\w+ ){0,4}because of (?:{own} )?(?:{kin}|ex|him)
(?:{kin}|stepdad|stepmum|carer|he|she)(?: really| always)? (?:scares|frightens|terrifies) (?:me|us|
  him|her|mum|the (?:kids|children))
(?:hurts|hurt|hurting|twists|squeezes) (?:my|his|her) {limb}(?! (?:at|in|on|so|when|playing|and))
(?:locked|shut|locks|shuts) (?:\w+ )?in (?:my|his|her|a|their) (?:\w+ )?(?:room|bedroom|cupboard|
  cellar|shed|bathroom|garage)
(?:dont|doesnt|didnt|never|hate|hates|hated) (?:like|likes|want|wants)? ?(?:going|to go|being at|
  to be at|be at) home because
shouting and hitting | (?:begs|begged|begging) (?:\w+ ){0,2}not to (?:be sent|go|make)
(?:domestic|emotional|physical|sexual|verbal|child|childhood|historic\w*|racial|racist|mental|past|
  suffered|of|any|witness\w*|from|about|reported|disclosed|elder|disability|hate) abuse
abuse (?:at|in|by|from|when|he|she|and|happened|was|is|that|victim|survivors?) | abuse{stop}
abused | abuser\w* | abusive | abus(?:es|ing) {who} | abusing
domestic (?:violence|abused|incident|incidents) | coercive\w* | gas ?light\w* | forced marriage
fgm | county lines | trafficked | exploited | exploitation | modern slavery
violence (?:at|in) (?:home|the (?:home|house|family))
(?:fled|fleeing|moved|live|living|lived|staying|stayed|put|were|are|womens|
  escaped) (?:\w+ ){0,3}refuge
(?:scared|frightened|afraid|terrified|petrified|fearful|fear|fears|scares|frightens|wary) (?:of |
  by |what )?(?:my |his |her |their |our |the )?(?:own |ex |new |foster ){0,2}(?:{kin}|stepdad|
  stepmum|ex|carers?|key ?worker|support worker|teacher|escort)(?! (?:will get|will be|wont cope|
  leaving|not|school|gets|die|fall|might be|would be))
(?:scared|frightened|afraid|terrified) of him(?:{stop}| when| at| because| and)
(?:scared|frightened|afraid|terrified|fear) (?:to go|of going|going|to come|coming|of coming|
  to be at|at) (?:back )?home
{not} (?:feel |feels |felt |be )?safe (?:at|in) (?:{own} )?(?:own )?(?:home|house|dad|mum|care)
unsafe (?:at|in) (?:{own} )?(?:own )?(?:home|house)
{doer} (?:is |was |are |were |keeps |kept |has |have |been |will |would |might |who |always|
  sometimes |really ){0,3}(?:hurt|hurts|hurting|harming|harmed) (?:me|us|mum|him|them|her|
  {whose} {kin})(?! (?:feelings|knee|back|to))
(?:will|gonna|would|going to|might) hurt (?:me|us|mum|him|her|you)
if (?:i|we|he|she|you) (?:ever )?(?:tell|tells|told) ?(?:anyone|anybody|someone|mum|on (?:him|
  her))(?! (?:about|what|how))
not to tell (?:anyone|anybody|mum|you|us) | our (?:little )?secret | keep it (?:a )?secret
(?:{kin}|he|she) (?:gets|is|was|always|comes home|got) (?:so )?drunk and | when (?:he|she) is drunk
(?:he|mum|dad|she|stepdad|husband|ex) (?:controls|controlled|starves|starved|terrorised|tortured|
  bullies|locks) (?:me|us|him|her|them)
""",
    "sexual_harm": r"""
touch(?:es|ing|in) (?:me|us) | sit on (?:his|my|her) lap
(?:rude|dirty|sexy|private) (?:pics?|pictures?|photos?|messages?|videos?|texts?)
(?:man|boy|men|boys|teacher|escort|driver|older|uncle|stranger|tutor|
  helper)(?: \w+){0,6} (?:kissed|kisses|kissing|cuddles|cuddled) (?:me|him|her|them)
(?:comes|came|come|coming|gets|got) (?:in|into|in to) (?:my|her|his) (?:room|bed) (?:at|
  in the) night
sexual | sexually | grop\w* | willy | fondl\w* | pervert\w*
(?:bad|dirty|rude) things to (?:me|him|her|them)
(?:lift\w*|looks?|looked|looking|pull\w*) up (?:my|her|their|girls) (?:skirts?|dress|top)
touch\w* my hair
(?:touch\w*|strok\w*|play\w* with) (?:my|his|her) (?:body|legs?|thigh|face|chest|neck|willy|
  private\w*)
(?:rub|rubs|rubbed|rubbing|strok\w*|grop\w*|fondl\w*|grab\w*) (?:his|her|my|their) (?:inner |
  upper )?(?:legs?|thighs?|knee|chest|bum|bottom|body)
(?:hands?|fingers?) (?:on|between|round|over) (?:his|her|my) (?:inner |upper )?(?:legs?|thighs?|
  knee|bum|bottom|chest|body)
(?:inside|in) (?:me|her|him){stop} | (?:fingers?|penis|thing|it) (?:inside|in) (?:me|her|him)
(?:no|without|any) clothes on | without (?:any )?clothes | no clothes
(?:asking|asks|asked|wants|wanted|begging|tried|trying|forced|made) (?:\w+ ){0,3}(?:kisses|kiss|
  cuddle him|sexual\w*|sex)
(?:saw|see|seen|watched|look|looks|looked)(?: at)? (?:me|him|her|them) naked | rape | raped | rapes
raping | rapist | molest\w* | paedo\w* | pedo\w* | incest | sexting | upskirt\w* | masturbat\w*
porn\w* | cse | csa | sodom\w*
sexual\w* (?:abus\w*|assault\w*|harass\w*|touch\w*|exploit\w*|violen\w*|contact|harm\w*|act|acts|
  advances|messages|images|activity|predator|behaviou?r)
sexualised | sex offender | indecent\w* | private parts? | privates | genitals?
inappropriate(?:ly)? touch\w* | touch\w*(?: \w+){0,3} inappropriately
(?:being|been|was|were|is|got) groomed
groom(?:ed|ing) (?:by|online|him|her|my|gang|children|girls|boys|them|me|on)
(?:man|men|boy|boys|uncle|he|she|they|who|someone|somebody|teacher|driver|escort|brother|dad|
  stepdad|lad|pupil|student|person|carer|bloke|guy|kid|cousin)(?: \w+){0,2} (?:touched|touches|
  touching|felt up|fondl\w*|grop\w*) {who}
(?:he|she|man|keeps|kept|been|started) (?:keeps )?touching (?:me|her|him|my|them)
(?:touch|touched|touches|touching|feel|felt|grab|grabbed|grope\w*|smack\w*|slap\w*|pinch\w*|
  kiss\w*) (?:\w+ ){0,3}(?:privates?|bum|bottom|breasts?|boobs?|bits|penis|vagina|willy|fanny|
  crotch|groin|down there|down below|private area)
(?:made|make|makes|making|forced|forces) (?:me|him|her|them) (?:to )?(?:touch|kiss|suck|
  watch (?:him|porn|sex)|have sex|undress|strip|get undressed|do sex\w*)
(?:made|make|makes|making|forced|forces|told|asked|asks) (?:me|him|her|
  them)(?: \w+){0,5} (?:clothes|trousers|pants|knickers|underwear|top|naked)
(?:makes|made|making|forced|forces) (?:me|him|her|them) (?:to )?do (?:things|stuff|it in)
(?:did|does|doing|done) (?:\w+ )?(?:things|stuff) to (?:me|him|her|my body|them)
(?:things|stuff) in bed | have sex with | had sex with | sex with (?:me|him|her|a) | forced sex
pull(?:ed|s|ing)? (?:his|her|my|their) (?:trousers|pants|knickers|skirt|bottoms) down
(?:hand|hands|fingers?) (?:down|up|in|inside|under) (?:his|her|my|their)(?: \w+)? (?:trousers|
  pants|knickers|skirt|top|shirt|leg|underwear|bra|shorts|tights|dress)
flashed (?:at )?(?:her|him|me|them) | expos(?:ed|ing|es) {self} | nudes | dick pics?
naked (?:pics?|photos?|pictures?|selfies?|images?|videos?)
(?:older|strange|grown|adult|random|grown up) (?:man|men|boy|guy|bloke|person|boyfriend|
  lad) (?:\w+ ){0,4}(?:messag\w*|meet|contact\w*|text\w*|chatting|online|pictures|photos)
(?:in|into|in to) (?:my|her|his) bed and (?:i|she|he) (?:didnt|dont|doesnt|never|was) (?:like|want|
  wanted|liked|scared|frightened)
(?:watches|watched|watching|filmed|films) (?:me|her|him|them) (?:in the )?(?:shower|undress\w*|
  bath\w*|chang\w*|naked|getting changed)
""",
    "death": r"""
(?:weeks|months|days|long|years|time|hours) (?:left )?to live | only lived
lived for (?:\w+ )?(?:hours|days|weeks|minutes)
(?:since|before|after|when) (?:she|he|{own} {kin}|{kin}) passed
miss (?:my|his|her|our) (?:\w+ )?{kin}(?: so| since| who| and|{stop})
(?:with|by|up with|to) the angels | ashes | (?:say|said|saying) (?:our|my|his|her|their) goodbyes
(?:in|to|about) heaven | passed (?:in|during) (?:her|his) sleep
(?:coffin|grave|graveside|wake|crem|crematorium|headstone|coroner|inquest|hospice)
(?:run|ran) over (?:and|by) | (?:only|one) (?:one )?came home | die | dies | dying | dead
buried (?:{who}|{own} (?:\w+ ){0,2}\w+) | cremat\w* | his ashes | her ashes
lost (?:both|two|three|all) (?:\w+ )?(?:{kin}|grandparents)
lost(?: \w+){1,4} to (?:covid|cancer|suicide|sepsis|cot|illness|an overdose|drugs|meningitis|
  epilepsy|leukaemia)
died | (?:{not}|nearly|almost|could have|going to|gonna|will|might|would|has to|to) die{stop}
passed away | passed over
(?:{kin}|{other})(?: has| had| just| sadly| suddenly| recently){0,3} (?:passed|passed on){stop}
(?:{kin}) passed (?:last|in|when|two|three|this|just) | bereave\w* | stillborn | stillbirth
miscarr\w* | funerals? | grieving | grief | orphan\w* | {own} late (?:{kin})
(?:is|was|are|were|found|be|been|he|she|they|drop|shot|left for) dead
dead (?:body|bodies|baby|child|mum|dad|mother|father|people|kids|brother|sister)
(?:is|was|are|were|be|of|am|{own} {kin}|fear|watched \w+|slowly) dying
dying (?:{kin}|of|from|in|child|children|wish|and) | death | deaths
terminal(?:ly)? (?:ill\w*|cancer|diagnos\w*|brain|condition) | end of life | died by | palliative
sids | cot death
lost {whose} (?:\w+ )?(?:{kin}|friend to)(?! (?:place|trust|group|support|for a|workers?)\b)
loss of {whose} (?:\w+ )?{kin} | lost (?:{own}|a) li(?:fe|ves)
(?:was|were|been|got|is|nearly|almost|getting) killed | killed (?:by|in|{own} {kin}|him|her|them)
(?:gone to|went to|up in|up to|now in|{kin} (?:is |are )?in|looking down from) heaven
no longer with us | angel baby | turned off {own} life support | life support
(?:was|were|nearly|almost|he|she|child|who) drowned | suffocated | widow\w*
""",
    "neglect": r"""
(?:dirty|wet|soiled|full|filthy|soaking|stinking) (?:nappy|nappies|pads?|pants|sheets|bed)
forgot (?:him|her|me|them)(?: on| at| in|{stop}| and)
nobody (?:\w+ ){0,2}(?:fed|feeds|washed|changed) (?:me|us|him|her|them)
(?:mum|dad|parents|they|she|he) (?:goes|go|went|is|was|stays) out (?:all|every|most) (?:night|
  nights|day|weekend)
(?:mum|dad)(?: \w+){0,5} (?:leaves|left) (?:me|us)(?: on| alone| with|{stop}) | no food and
strapped in (?:his|her|a|the) (?:\w+ )?(?:chair|buggy|wheelchair) (?:all|for|the whole)
same (?:pad|nappy|pants|knickers|underwear) | head ?lice | had (?:nits|lice|sores)
pressure sores? | bed ?sores?
nobody (?:washes|washed|feeds|changes|dresses|bathes|cleans) (?:{who}|{own} \w+)
(?:found|was|seen) wandering
(?:hardly any|barely any|no|never any|not enough) food (?:and|in|at|so)(?! (?:the event|the party|
  drink|drinks|the cafe))
(?:electric|heating|gas|power|water) (?:is|was|has been|got) (?:cut )?off
nobody (?:\w+ )?noticed (?:he|she|i|they|him|her)
(?:forgets|forgot|forgotten) to (?:pick|collect|fetch|get|wash|change) (?:me|him|her|us|them)
starving | (?:same|filthy|unwashed) clothes (?:all|every|for|each|day)
(?:nobody|without|not|never|nor|didnt|isnt|hadnt|wont|wouldnt|anyone)(?: \w+){0,2} chang(?:e|ed|
  ing) (?:him|her|me|them|{own}(?: \w+)? (?:pads?|nappy|nappies|pants|clothes))
(?:left|leaving|leave)(?: \w+){0,3} in (?:bed|{own} room|a chair|the chair|
  {own} wheelchair) (?:all|for)
(?:sit|sat|sits|sitting|left|lie|lay|lying|laying|stood)(?: \w+){0,2} in (?:\w+ )?(?:wee|poo|urine|
  faeces|vomit|sick|pee|poop)
nobody (?:gave|gives|has given)(?: \w+){0,4} (?:food|drink|medicine|medication|meds|water|dinner|
  lunch|meal)
(?:not|wasnt|never|without being) (?:been )?given (?:any )?(?:\w+ )?(?:food|drink|water|dinner|
  lunch|meal)
mum is (?:always )?(?:asleep|drunk|high|out)
(?:mum|dad|parents) (?:was|is|were|are) (?:always )?(?:drunk|high|on drugs|using|passed out)
(?:house|home|flat|there)(?: \w+){0,5} (?:mouldy?|rats|mice|faeces)
no (?:heating|electric|water) (?:\w+ ){0,3}(?:house|home|flat)
(?:he|she|i|child|children|son|daughter|they|him|her|them|kids|was|were|been|being|are|
  is) (?:\w+ ){0,2}neglected
neglected (?:by|him|her|me|them|at home|as a|in care|{who})
(?:child|emotional|medical|severe|of|and|or|serious|from|suffered|wilful|gross|total|about|
  abuse) neglect
neglect (?:at home|by|of {whose} {kin})
(?:no|any|little|enough|never) food (?:\w+ ){0,2}(?:at home|in the house|in the fridge|indoors|
  in the cupboards?|at (?:mum|dad|ours))
nothing to eat (?:at|in|all|for|when|because) | (?:have|has|had) not eaten for
(?:{not}|forgets to|forgot to) (?:feed|feeds|fed|feeding) (?:me|him|her|us|them|{who})
(?:isnt|not|never|not been|hadnt been|wasnt) (?:being )?fed | underfed | malnourish\w* | emaciated
squalor | (?:go|goes|went|going|gone) (?:to (?:bed|school|sleep) )?hungry
hungry (?:and|because|when) (?:nobody|mum|dad|there|my|we have|no) | (?:always|so) hungry at
(?:left|leave|leaves|leaving|sat|sitting|sits|sit|kept|found|lying|lay|laid|was|stood|
  stays) (?:\w+ ){0,5}(?:wet|soiled|dirty|soaking|filthy|full|own|stinking|soaked|
  dirtied)(?: \w+)? (?:nappy|nappies|pad|pads|wee|poo|urine|mess|faeces|vomit|pants|clothes|sick|
  bed|pee|poop|blood)
covered in (?:{own} own |{own} )?(?:poo|wee|faeces|urine|vomit|pee|sick)
(?:left|leave|leaves|leaving|forgot) (?:{who} )?(?:\w+ ){0,2}(?:alone|on {own} own|by {self}|
  unattended|unsupervised)(?: \w+){0,4} (?:all (?:day|night|weekend)|overnight|night|nights|days|
  hours|house|minibus|bus|taxi|baby|babies|bath|dark|heat|cold|car|toilet)
(?:left|forgot|forgotten|abandoned) {who} (?:\w+ )?(?:on|in|at) (?:the|a) (?:\w+ )?(?:bus|minibus|
  taxi|coach|car|cold|heat|dark|toilet|street|roadside|rain)
nobody (?:\w+ )?(?:looks|looked|looking) after (?:me|us|him|her|them)
nobody (?:feeds|washes|dresses|changes|changed|fed|washed|cooks for) (?:me|us|him|her|them)
nobody (?:makes|made|cooks) (?:my|our|his|her|their|me|us|any) ?(?:tea|dinner|food|breakfast|lunch)
{not} (?:been |being )?(?:changed|washed|bathed|toileted) (?:\w+ ){0,2}(?:all|for|in|hours|
  days) (?:day|hours|days|weeks|a week|\w+ hours)
(?:filthy|dirty) (?:house|clothes every day|and hungry|and unfed)
""",
}
