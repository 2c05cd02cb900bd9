"""What simulated citizens say. `office` is the code of the office asked; `fate` steers the moderators."""

# ruff: noqa: E501 - spoken lines stay whole

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    kind: str
    language: str
    text: str
    office: str = ""
    fate: str = "approve"  # approve | a published reason for declining


LINES = (
    Line("question", "bn", "পুলিশ ক্লিয়ারেন্সের আবেদন করেছি দশ দিন হলো, এখনো কোনো খবর নেই। কোথায় খোঁজ নেব?", "bangladesh-police"),
    Line("question", "bn", "থানায় সাধারণ ডায়েরি করতে গেলে টাকা চাওয়া হয়। অনলাইনে করার ব্যবস্থা কবে সব থানায় চালু হবে?", "bangladesh-police"),
    Line("question", "bn", "ভাড়াটিয়ার তথ্য ফরম জমা দেওয়ার পর যাচাই হয়েছে কি না, তা কীভাবে জানা যাবে?", "bangladesh-police"),
    Line("question", "bn", "মহাসড়কে সিসিটিভি বসানোর পর ডাকাতি কত কমেছে, তার হিসাব কি প্রকাশ করা হবে?", "bangladesh-police"),
    Line("question", "bn", "দুদকের হটলাইনে অভিযোগ করলে অভিযোগকারীর পরিচয় গোপন থাকে কি?", "acc"),
    Line("question", "bn", "ভূমি অফিসে ঘুষের অভিযোগ কোথায় দিলে দ্রুত ব্যবস্থা নেওয়া হয়?", "acc"),
    Line("question", "bn", "জেলা পর্যায়ে গণশুনানি বছরে কয়বার হয় এবং তারিখ কোথায় জানানো হয়?", "acc"),
    Line("question", "bn", "মেয়াদোত্তীর্ণ ওষুধ বিক্রির অভিযোগ করতে কী কী প্রমাণ লাগে?", "dncrp"),
    Line("question", "bn", "অনলাইনে কেনা পণ্য নকল হলে ভোক্তা অধিকারে অভিযোগ করা যাবে কি?", "dncrp"),
    Line("question", "bn", "জরিমানার ২৫ শতাংশ টাকা পেতে অভিযোগকারীর কত দিন লাগে?", "dncrp"),
    Line("question", "bn", "উপজেলা পর্যায়ে ভোক্তা অধিকার অফিস কবে খোলা হবে?", "dncrp"),
    Line("question", "bn", "সরকারি প্রকল্পের নিরীক্ষা প্রতিবেদন সাধারণ মানুষ কোথায় পড়তে পারে?", "cag"),
    Line("question", "bn", "নিরীক্ষায় আপত্তি উঠলে দায়ী কর্মকর্তার বিরুদ্ধে কী ব্যবস্থা হয়?", "cag"),
    Line("question", "en", "How long does a police clearance take now if the applicant lives abroad?", "bangladesh-police"),
    Line("question", "en", "Can the highway camera project be extended to the Sylhet road?", "bangladesh-police"),
    Line("question", "en", "Is there a single number for complaints about bribes in service offices?", "acc"),
    Line("question", "en", "When will consumer complaints be accepted in every upazila?", "dncrp"),
    Line("question", "en", "Will the audit reports be published in a form that researchers can use?", "cag"),
    Line("question", "en", "Who checks that a complaint marked as closed was really solved?", "dncrp"),
    Line("problem", "bn", "আমাদের বাজারে ওজনে কম দেওয়া হয়, দুইবার জানিয়েও কোনো অভিযান হয়নি।", "dncrp"),
    Line("problem", "bn", "মহাসড়কের বাতি দুই মাস ধরে নষ্ট, রাতে ছিনতাই হচ্ছে।", "bangladesh-police"),
    Line("problem", "bn", "পাসপোর্ট যাচাইয়ে এসে টাকা চাওয়া হয়েছে। এর প্রতিকার চাই।", "bangladesh-police"),
    Line("problem", "bn", "টিসিবির ট্রাকে পণ্য শেষ হয়ে যায়, লাইনে দাঁড়িয়েও পাওয়া যায় না।", "dncrp"),
    Line("problem", "en", "The complaint form on the website does not open on an old phone.", "dncrp"),
    Line("problem", "en", "Restaurants here charge more than the printed price and give no receipt.", "dncrp"),
    Line("advice", "bn", "প্রতিটি অফিসের দেয়ালে অভিযোগ করার নম্বর ও ঠিকানা বড় করে লিখে দিন।", "acc"),
    Line("advice", "bn", "অভিযোগের অগ্রগতি এসএমএসে জানালে মানুষকে বারবার অফিসে আসতে হবে না।", "dncrp"),
    Line("advice", "bn", "স্কুলে স্কুলে সততা সংঘের কাজ ছবিসহ প্রকাশ করা হোক।", "acc"),
    Line("advice", "en", "Show the number of open complaints of each office at its entrance.", "acc"),
    Line("advice", "en", "Let citizen journalists follow up a decision after three months, on air.", "cag"),
    Line("praise", "bn", "অনলাইনে আবেদন করে চার দিনেই ক্লিয়ারেন্স বাসায় পেয়েছি। ধন্যবাদ।", "bangladesh-police"),
    Line("praise", "bn", "ভোক্তা অধিকারের অভিযানের পর দোকানে মূল্যতালিকা টাঙানো হয়েছে।", "dncrp"),
    Line("praise", "en", "The consumer office called me back within two days. Well done.", "dncrp"),
    Line("comment", "bn", "এ রকম সংলাপ প্রতি মাসে হলে জবাবদিহি বাড়বে।"),
    Line("comment", "bn", "রংপুর থেকে দেখছি, শব্দ পরিষ্কার আসছে।"),
    Line("comment", "en", "Watching from Khulna on a phone, the picture is clear."),
    Line("comment", "bn", "আজ কি বৃষ্টি হবে? খেলা কখন শুরু?", "", "off_topic"),
    Line("comment", "en", "Cheap mobile recharge offers, message me for the best price today!", "", "advertising"),
    Line("question", "bn", "আমাদের এলাকার অমুক চেয়ারম্যান সব টাকা খেয়ে ফেলেছে, সবাই জানে।", "acc", "unproven_accusation"),
    Line("comment", "bn", "কককক খখখখ গগগগ ১২৩৪৫", "", "not_understood"),
)  # fmt: skip

WRITTEN_ANSWERS = {
    "bn": "আপনার প্রশ্নের জন্য ধন্যবাদ। আবেদন নম্বর দিয়ে ওয়েবসাইটে অবস্থা দেখা যায়; সাত কর্মদিবসে না হলে জেলা কার্যালয়ে লিখুন।",
    "en": "Thank you for asking. The state of an application is shown on the website by its number; after seven working days write to the district office.",
}

FIRST_NAMES = (
    "রহিমা", "কামাল", "শিউলি", "জাহিদ", "নাসরিন", "তুষার", "মিতু", "রফিক", "সালমা", "হাবিব",
    "Rina", "Tareq", "Lucky", "Babul", "Farida", "Sohel", "Moyna", "Anik", "Jesmin", "Polash",
)  # fmt: skip
