"""English figures of speech, what they mean, and what somebody sees who reads them word by word.

Autistic people ask again and again for plain words in their place (AutSPACEs workshops).
`<drop>` stands for any form of the verb, `{one's}` for my, your, their … and `…'s`.
"""

import re
from functools import cache
from typing import NamedTuple

from feedback.analysis.checking.verbs import forms


class Idiom(NamedTuple):
    """A figure of speech."""

    phrase: str
    means: str
    literally: str


# A phrase | what it means, as plain words that can stand in its place | word by word
_LIST = """
a piece of cake | very easy | a slice of a cake
a bumpy ride | a hard time | a road with holes
a far cry from | very different from | a shout from far away
a fresh pair of eyes | someone new who looks at it | new eyes
a grey area | something that is not clear | a place with a grey colour
a long shot | something that may not work | a ball or arrow sent a long way
a safe pair of hands | someone you can trust | hands that are safe
a step in the right direction | better than before | one step along a road
a tall order | a hard thing to do | something high that was ordered
above and beyond | more than they had to | higher and further away
all ears | ready to listen | a body made of ears
all over the place | not in order | in every room
at the drop of a hat | straight away | when a hat falls
at the end of {one's} tether | too tired to go on | where a rope ends
at the end of the day | in the end | in the evening
back to square one | back to the start | back to the first square of a game
<ball> is in {one's} court | it is your turn | a ball lies on a tennis court
<bear> in mind | remember | carry in the head
<beat> about the bush | not say what you mean | hit the ground round a bush
<bend> over backwards | try very hard | bend your back the wrong way
between a rock and a hard place | with no good choice | a body between stones
<bite> off more than {one} can chew | take on too much | a bite too large for the mouth
blue sky thinking | thinking of new ideas | thinking about a blue sky
<break> the ice | help people start to talk | hit frozen water
<bring> to the table | give or add | carry to a table
by the book | following the rules | next to a book
by word of mouth | from other people | by a word in a mouth
<call> it a day | stop | name it a day
<come> to terms with | learn to live with | walk to some words
<cut> corners | do it badly to save time | cut pieces off
<drop> the ball | make a mistake | let a ball fall
down in the dumps | sad | at a rubbish tip
<fall> between the cracks | get no help | drop into a gap in the floor
<fall> on deaf ears | not be heard | land on ears
<fall> through the cracks | get no help | drop through a gap in the floor
<fall> through the net | get no help | drop out of a net
<feel> under the weather | feel ill | stand below rain
<find> {one's} feet | get used to it | look for your feet
<find> {one's} voice | start to speak up | look for a voice
flying colours | very good marks | flags in the air
from scratch | from the start | out of a scratch
from the word go | from the start | out of a word
<get> a foot in the door | get started | put a foot in a door
<get> off the ground | start | fly
<get> the ball rolling | start | push a ball
<get> to grips with | learn to deal with | hold tight
<get> {one's} head around | understand | put a head round something
<give> {one} a hand | help | give somebody a hand off the arm
<go> down well | be liked | go down
<go> the extra mile | do more than you have to | walk a mile more
hand in hand | together | holding hands
hands on | by doing it | with hands on top
<have> a lot on {one's} plate | have too much to do | have a lot of food
<have> {one's} say | tell us what you think | own a word
<hit> a brick wall | be stopped | run into a wall
<hit> the ground running | start well | fall down while running
<hit> the nail on the head | be right | use a hammer
<hit> the spot | be just right | strike a mark
in a nutshell | in a few words | inside a nut
in black and white | in writing | in two colours
in hot water | in trouble | in a warm bath
in safe hands | with people you can trust | held by hands
in the driving seat | in charge | on the driver's chair
in the loop | told what is going on | inside a ring of rope
in the long run | in the end | in a long race
in the pipeline | planned | inside a pipe
in the same boat | with the same problem | in one boat
<jump> through hoops | do many hard things | jump like a circus dog
<keep> an eye on | watch | put an eye on something
<keep> {one's} finger on the pulse | know what is going on | hold a wrist
<leave> no stone unturned | try everything | turn every stone
left out in the cold | left out | outside in winter
<let> the cat out of the bag | tell a secret | open a bag with a cat in it
<lend> an ear | listen | give away an ear
<light> at the end of the tunnel | hope | a lamp in a tunnel
<make> ends meet | have enough money | tie two ends
<meet> in the middle | each give a little | walk to the middle
<miss> the boat | be too late | come late to a boat
<miss> the mark | not do what it should | shoot past a mark
off the record | in secret | not on a record
on board with | happy with | on a ship
on the back burner | left for later | on the back of a cooker
on the ball | quick to act | standing on a ball
on the fence | not sure | sitting on a fence
on the horizon | coming soon | where sky and sea meet
on the right track | doing well | on the correct rails
on the same page | agree | reading one page of a book
on top of the world | very happy | on the North Pole
once in a blue moon | hardly ever | when the moon is blue
<open> doors | give new chances | open a door
out of the blue | as a surprise | out of a colour
out of the box | in a new way | not in a box
outside the box | in a new way | not in a box
over the moon | very happy | higher than the moon
<paint> a picture of | describe | use paint
<pass> the buck | blame someone else | hand over a buck
<pave> the way | make it possible | lay stones on a path
<play> it by ear | decide as you go | make music with an ear
<point> {one} in the right direction | tell you where to go | show with a finger
<pull> {one's} weight | do a fair share | pull something heavy
<pull> together | work together | pull on one rope
<push> the boat out | do something special | push a boat
<push> the envelope | try something new | push a letter
<put> {one} in the picture | tell you what is going on | paint somebody
<raise> the bar | ask for better | lift a bar
<read> between the lines | guess what is meant | look at white paper
red tape | too many rules | tape of a red colour
<ring> a bell | sound known to you | make a bell sound
<rock> the boat | cause trouble | move a boat
<rule> of thumb | rough guide | a law about a thumb
<see> eye to eye | agree | look into each other's eyes
<sit> on the fence | not choose | sit on a fence
<start> from scratch | start again | begin with a scratch
<start> off on the right foot | start well | begin with the right foot
<take> on board | listen to and use | put on a ship
<take> with a pinch of salt | not quite believe | add salt
the big picture | all of it | a large picture
the bottom line | what matters most | the last line
the elephant in the room | what nobody talks about | an elephant in a room
the last straw | one problem too many | the last piece of straw
the tip of the iceberg | a small part | the top of floating ice
<think> on {one's} feet | think fast | think about your feet
through thick and thin | in good and bad times | past thick and thin things
<throw> in the towel | give up | throw a towel
<tick> all the boxes | have all you need | make a mark in each box
<tick> the box | do what is needed | make a mark in a box
<touch> base | talk for a short time | put a hand on a base
<turn> a blind eye | act as if you did not see | turn an eye
<turn> over a new leaf | start again | turn a leaf
<turn> the corner | start to get better | walk round a corner
under one roof | in one place | below a roof
under {one's} belt | done | below a belt
under pressure | with too much to do | with weight on top
up and running | working | standing and running
up in the air | not decided | in the sky
uphill battle | hard work | fighting on a hill
uphill struggle | hard work | walking up a hill
<walk> in {one's} shoes | live as you do | wear your shoes
<walk> on eggshells | be very careful | step on eggs
a breath of fresh air | something new that feels good | some clean air
a can of worms | a lot of new problems | a tin with worms in it
a drop in the ocean | far too little | a drop of sea water
a level playing field | the same chance for all | a flat field for games
a light bulb moment | a new idea | a time for a lamp
a mixed bag | some good and some bad | a bag of many things
a postcode lottery | help that depends on where you live | a game with addresses
a weight off {one's} shoulders | one worry less | a weight lifted from the body
by leaps and bounds | very fast | by jumping
<come> a long way | get much better | travel far
<come> on leaps and bounds | get better fast | jump a lot
<get> cold feet | become afraid | have feet that are cold
<get> the wrong end of the stick | not understand | hold a stick at one end
<go> off the rails | get into trouble | leave the train track
<go> round in circles | get nowhere | walk in circles
heart in the right place | kind | a heart that sits well
<hit> rock bottom | feel as bad as you can | fall on stone
in at the deep end | started with the hardest part | in deep water
in deep water | in trouble | where the water is deep
in limbo | waiting without an answer | in a place called limbo
in the dark | not told what is going on | in a place without light
<keep> {one} posted | tell you what is new | send by post
<kick> the can down the road | put off | kick a tin along a road
<know> the ropes | know how things are done | know pieces of rope
<learn> the ropes | learn how things are done | learn about rope
like pulling teeth | very hard work | what a dentist does
low-hanging fruit | easy first steps | fruit low on a tree
<move> the goalposts | change the rules | carry the posts of a goal
<nip> in the bud | stop early | cut a flower bud
on cloud nine | very happy | on a cloud
on the cards | likely | written on cards
on the radar | known about | on a screen for planes
one size fits all | the same for everyone | one size of clothes
out of {one's} depth | with no way to go on | in water over your head
<pick> up the pieces | put things right again | lift pieces from the floor
plain sailing | easy | going by boat
<run> out of steam | be too tired to go on | have no more steam
second to none | the best | number two to nobody
<slip> through the cracks | get no help | slide into a gap
<slip> through the net | get no help | slide out of a net
under the radar | not noticed | below a radar
under {one's} wing | looked after by someone | below a bird's wing
up to scratch | good enough | up to a scratch
up to speed | told what is new | going fast
<weather> the storm | get through a hard time | stand in a storm
a chip on {one's} shoulder | angry about the past | a piece of wood on the body
a fish out of water | in the wrong place | a fish on land
a pain in the neck | annoying | a neck that hurts
a pat on the back | praise | a hand on the back
a raw deal | unfair treatment | a deal that is not cooked
a shot in the dark | a guess | a gun fired at night
a shoulder to cry on | someone who listens | part of the body
<bang> {one's} head against a brick wall | get nowhere | hit your head on a wall
<bite> the bullet | do what is hard | put teeth on a bullet
<burn> bridges | end a friendship | set fire to a bridge
butterflies in {one's} stomach | nervous | insects inside the body
<call> the shots | decide | shout while others shoot
<clear> the air | talk about a problem | clean the air
<cross> that bridge | deal with it later | walk over a bridge
<cut> to the chase | say what matters | cut a film
down to earth | clear and simple | down on the ground
<drag> {one's} feet | be slow because you want to be | pull your feet
<drive> {one} up the wall | annoy | steer a car up a wall
<face> the music | take the blame | look at a band
<fall> on {one's} feet | be lucky | drop and land on your feet
<fight> {one's} corner | speak up for yourself | hit people in a corner
<fob> off | send away without help | a chain for a watch
food for thought | something to think about | things to eat
from pillar to post | from place to place | between two posts
<get> it off {one's} chest | say what worries you | lift a thing off the body
<get> on top of | get done | climb on
<get> the picture | understand | fetch a picture
<get> under {one's} skin | annoy | go into the body
<give> it a shot | try | fire at it
<go> with the flow | do as others do | float on water
hand on heart | honestly | a hand on the chest
heart to heart | open and honest | two hearts that touch
<hit> and miss | good at times and bad at times | strike and not strike
<hold> all the cards | have all the power | have all the cards of a game
<hold> the fort | take care of things | guard a castle
in full swing | going well | on a swing
in the nick of time | just in time | in a small cut
<jump> at the chance | say yes at once | leap
<jump> on the bandwagon | do what others do | leap on a cart
<jump> the gun | start too soon | leap over a gun
<keep> {one's} chin up | stay happy | lift the face
<keep> {one's} fingers crossed | hope | put one finger over another
<keep> {one's} head above water | only just manage | not sink
<let> off steam | calm down by being loud | let out hot air
<let> {one's} hair down | relax | untie your hair
<lose> {one's} way | not know what to do | not find the road
<make> head or tail of | understand | build a head
<make> heads or tails of | understand | build heads
<mean> the world | matter very much | be the whole earth
off the hook | out of trouble | taken from a hook
off the top of {one's} head | without thinking | from the hair
on edge | nervous | on the rim of something
on the back foot | behind | standing on one foot
on the same wavelength | thinking alike | on one radio wave
on thin ice | at risk | standing on a frozen lake
on top of things | in control | sitting on objects
out of hand | out of control | not in a hand
out of the loop | not told | outside a ring
out of the woods | safe now | not among trees
out on a limb | alone | on a branch
over {one's} head | too hard to understand | above the hair
<paper> over the cracks | hide problems | put paper on a wall
part and parcel | a normal part | a piece and a packet
<pick> {one's} brains | ask what you know | take pieces of a brain
<pull> out all the stops | do all you can | pull at an organ
<pull> strings | use people you know | pull at threads
<put> {one's} feet up | rest | lift your feet
<put> {one's} foot down | say no | stand on the floor
<put> {one's} foot in it | say the wrong thing | step in something
<put> on the spot | made to answer at once | placed on a mark
round the bend | mad | after a curve
<see> the light | understand at last | look at a lamp
sink or swim | with no help | go under or not
<sit> tight | wait | sit without room
<sleep> on it | think till tomorrow | lie on top of it
snowed under | with too much to do | below snow
<spill> the beans | tell a secret | drop some beans
<spread> {one's} wings | try new things | open wings like a bird
<stand> on {one's} own two feet | do without help | stand up
<stick> {one's} neck out | take a risk | make a long neck
<sweep> under the carpet | hide | clean dust away
<take> a back seat | let others lead | sit behind
<take> for granted | not value | take as a gift
<take> the plunge | decide to do it | jump in water
<talk> to a brick wall | not be heard | speak to bricks
<tear> {one's} hair out | be very upset | pull out hair
the back of beyond | far away | behind what is far
the ball rolling | things started | a ball on the move
the icing on the cake | an extra good thing | sugar on a cake
the ins and outs | the details | doors
the penny <drop> | understand at last | a coin falls
the sky is the limit | all is possible | up to the sky
thrown in at the deep end | started with the hardest part | dropped in deep water
touch and go | not certain | put a hand on and leave
<turn> {one's} back on | stop helping | turn round
<twist> {one's} arm | make you do it | hurt an arm
up to {one's} ears | very busy | as high as the ears
up to {one's} neck | very busy | as high as the neck
<work> like a charm | work very well | act like magic
worlds apart | very different | on two planets
win-win | good for all | win two times
"""

_POSSESSIVE = r"(?:my|your|his|her|its|our|their|one's|[a-z]+'s)"
_PERSON = r"(?:me|you|him|her|us|them|it|one|[a-z]+)"


@cache
def _by_word() -> dict[str, list[tuple[re.Pattern[str], Idiom]]]:
    """Each figure of speech under the longest word of it that never changes.

    Hardly a text holds such a word, so that hardly a pattern is tried.
    """
    found: dict[str, list[tuple[re.Pattern[str], Idiom]]] = {}
    rows = [Idiom(*(part.strip() for part in row.split("|"))) for row in _LIST.split("\n") if row]
    for row in sorted(rows, key=lambda row: -len(row.phrase)):
        firm = [word for word in row.phrase.split() if word[0] not in "<{"]
        key = max(firm or row.phrase.split(), key=len)
        for form in (key,) if firm else forms(key.strip("<>")):
            idiom = Idiom(re.sub(r"[<>{}]", "", row.phrase), row.means, row.literally)
            found.setdefault(form, []).append((re.compile(_pattern(row)), idiom))
    return found


def _pattern(row: Idiom) -> str:
    words = []
    for word in row.phrase.split():
        if word.startswith("<"):
            words.append(f"(?:{'|'.join(forms(word.strip('<>')))})")
        elif word == "{one's}":
            words.append(_POSSESSIVE)
        elif word == "{one}":
            words.append(_PERSON)
        else:
            words.append(re.escape(word))
    return rf"\b{' '.join(words)}\b"


_WORD = re.compile(r"[a-z'-]+")


def find_idioms(text: str) -> list[tuple[str, Idiom]]:
    """The figures of speech in an English text, each with the words that say it there."""
    plain = " ".join(text.lower().replace("’", "'").split())
    known = _by_word()
    found: dict[str, Idiom] = {}
    for word in dict.fromkeys(_WORD.findall(plain)):
        for pattern, idiom in known.get(word, ()):
            match = pattern.search(plain)
            if match and not any(match.group() in longer for longer in found):
                found[match.group()] = idiom
    return list(found.items())
