"""What is played: the facts of dialogue A in our own words. Positions only, no real person."""

# ruff: noqa: E501 - spoken lines stay whole

from dataclasses import dataclass

TOPIC = ("দুর্নীতিমুক্ত বাংলাদেশ: উত্তম চর্চা ও উদ্ভাবন", "Corruption-free Bangladesh: good practices and innovation")

PURPOSES = (
    "চারটি সংস্থার উত্তম চর্চা সবার সামনে তুলে ধরা\n"
    "মাঠের সমস্যার সমাধান সরাসরি ঊর্ধ্বতনের কাছ থেকে পাওয়া\n"
    "নাগরিকের প্রশ্নের উত্তর সম্প্রচারেই দেওয়া\n"
    "সিদ্ধান্তের অগ্রগতি সবার সামনে যাচাই করা",
    "Show the good practices of four organisations to everyone\n"
    "Let field officers take a solution home from their superiors\n"
    "Answer citizens' questions while on air\n"
    "Follow up decisions in front of everyone",
)

HOST_OFFICE = "a2i"
OFFICES = ("bangladesh-police", "acc", "dncrp", "cag")


@dataclass(frozen=True)
class Place:
    """A site: the Deputy Commissioner's office of a district, and what it tells."""

    district: str
    bangla: str
    english: str

    @property
    def office(self) -> str:
        return f"dc-{self.district}"


PLACES = (
    Place("gazipur", "গাজীপুর", "Gazipur"),
    Place("cumilla", "কুমিল্লা", "Cumilla"),
    Place("gopalganj", "গোপালগঞ্জ", "Gopalganj"),
    Place("mymensingh", "ময়মনসিংহ", "Mymensingh"),
    Place("rangpur", "রংপুর", "Rangpur"),
    Place("khulna", "খুলনা", "Khulna"),
    Place("sylhet", "সিলেট", "Sylhet"),
    Place("chattogram", "চট্টগ্রাম", "Chattogram"),
)

# A ninth site that nobody simulates: for the newcomer's own camera.
VISITORS = Place("rajshahi", "রাজশাহী", "Rajshahi")

DEPUTY_COMMISSIONER = ("জেলা প্রশাসক", "Deputy Commissioner")

GUESTS = (
    ("chief_guest", "মহাপুলিশ পরিদর্শক", "Inspector General of Police", "বাংলাদেশ পুলিশ", "Bangladesh Police"),
    ("special_guest", "সচিব", "Secretary", "দুর্নীতি দমন কমিশন", "Anti-Corruption Commission"),
    (
        "special_guest",
        "মহাপরিচালক",
        "Director General",
        "জাতীয় ভোক্তা অধিকার সংরক্ষণ অধিদপ্তর",
        "Directorate of National Consumer Rights Protection",
    ),
    (
        "speaker",
        "সচিব, সমন্বয় ও সংস্কার",
        "Secretary, Coordination and Reform",
        "মন্ত্রিপরিষদ বিভাগ",
        "Cabinet Division",
    ),
)


@dataclass(frozen=True)
class Scene:
    """One stretch of the programme. `share` is its part of the whole length, in per cent."""

    kind: str
    bangla: str
    english: str
    minutes: int
    share: int
    scene: str
    on_air: tuple[str, ...] = ()
    questions: int = 0  # how many questions are put on screen and answered in it


EVERYBODY = tuple(place.district for place in PLACES)

SCENES = (
    Scene("opening", "উদ্বোধন ও আট কেন্দ্রের শুভেচ্ছা", "Opening and greetings from eight sites", 10, 16, "grid", EVERYBODY),
    Scene(
        "practice", "৬৫ কিলোমিটার মহাসড়কে সিসিটিভি নজরদারি", "65 km of highway watched by CCTV", 12, 12, "solo", ("gazipur",)
    ),
    Scene(
        "practice",
        "ভোক্তার অভিযোগে জরিমানা, ভোক্তা পেলেন ২৫ শতাংশ",
        "A fine on a consumer's report, a quarter of it paid to her",
        12,
        12,
        "two",
        ("cumilla", "mymensingh"),
    ),
    Scene(
        "questions",
        "নাগরিকের প্রশ্ন, সম্প্রচারে উত্তর",
        "Citizens ask, answers on air",
        25,
        34,
        "two",
        ("rangpur", "khulna"),
        4,
    ),
    Scene(
        "practice", "অনলাইনে পুলিশ ক্লিয়ারেন্স: এক মাস থেকে চার দিন", "Police clearance online: from a month to four days", 10, 8,
        "solo", ("chattogram",),
    ),
    Scene("decision", "সিদ্ধান্ত", "Decisions", 8, 10, "grid", EVERYBODY),
    Scene("closing", "সমাপনী", "Closing", 5, 8, "two", ("gopalganj", "sylhet")),
)  # fmt: skip

SUMMARY = (
    "আটটি কেন্দ্র সংলাপে যোগ দেয়। মহাসড়কে সিসিটিভি, ভোক্তা অভিযোগ এবং অনলাইন পুলিশ ক্লিয়ারেন্সের অভিজ্ঞতা "
    "তুলে ধরা হয়। দুটি সিদ্ধান্ত হয়: চার সংস্থা নিজেদের সব কর্মকর্তা, নাগরিক ও গণমাধ্যম নিয়ে সংলাপ করবে, এবং "
    "সামাজিক মাধ্যমে উদ্ভাবন প্রদর্শনীর আয়োজন করবে।",
    "Eight sites joined the dialogue. Highway surveillance, consumer complaints and online police clearance were "
    "shown. Two decisions were taken: each of the four organisations will hold a dialogue with all its officers, "
    "citizens and the press, and they will show their innovations together.",
)
