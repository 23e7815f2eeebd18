"""What themes are called in the page's language.

A codebook is written in one language. The names of the one that travels with the program are
translated here; those that a host wrote stand as they were written.
"""

from flask_babel import gettext

from feedback.errors import N_

OURS = (
    N_("Waiting and delays"),
    N_("Education, health and care plans"),
    N_("Being kept informed"),
    N_("Being listened to"),
    N_("Finding information"),
    N_("Staff manner"),
    N_("Knowledge and skill"),
    N_("Staff changes"),
    N_("Services working together"),
    N_("Speech, language and communication"),
    N_("Autism and ADHD pathway"),
    N_("Mental health and wellbeing"),
    N_("Other health and equipment"),
    N_("Support in school"),
    N_("Attendance and exclusion"),
    N_("School places and choice"),
    N_("Preparing for adulthood"),
    N_("Travel and transport"),
    N_("Activities, short breaks and friends"),
    N_("Help for the family"),
    N_("Venue and access"),
    N_("Noise, crowds and sensory needs"),
    N_("How it was run"),
    N_("Food and drink"),
    N_("Money and cost"),
    N_("Feeling safe"),
    N_("What I learned"),
    N_("Seeing change"),
    N_("Thanks and praise"),
)


def title(name: str) -> str:
    """A theme's name in the page's language, as far as we can say it."""
    return gettext(name) if name in OURS else name
