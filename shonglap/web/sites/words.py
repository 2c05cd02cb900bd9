"""What the script of a site page says by itself."""

from django.utils.translation import gettext as _


def spoken() -> dict[str, str]:
    return {**devices(), **connection(), **buttons()}


def devices() -> dict[str, str]:
    return {
        "camera": _("Camera"),
        "microphone": _("Microphone"),
        "device_number": _("%(kind)s %(number)s"),
        "no_secure_page": _(
            "The browser gives no camera to this page because its address is not secure (https)."
        ),
        "refused": _(
            "The browser was not allowed to use camera and microphone. Press the camera sign beside the "
            "address of this page, allow both, and try again."
        ),
        "none_found": _("No camera or microphone was found. Plug one in and try again."),
        "no_camera": _("No camera was found. You can join with sound only."),
        "no_microphone": _("No microphone was found. The others will see you but not hear you."),
        "in_use": _(
            "Another program uses the camera or the microphone. Close it (Zoom, Meet, Skype) and try again."
        ),
        "failed": _("Camera and microphone could not be started. Unplug them, plug them in and try again."),
        "good": _("Camera and microphone work."),
        "speak": _("Say something: the bar must move."),
        "heard": _("Your voice is heard."),
    }


def connection() -> dict[str, str]:
    return {
        "joining": _("Joining"),
        "connected": _("Connected"),
        "reconnecting": _("The line is interrupted. Reconnecting by itself; you need not do anything."),
        "try_again_in": _("No connection. Trying again in %(seconds)s seconds."),
        "elsewhere": _("This site was opened in another window or on another computer, and goes on there."),
        "left": _("You are not connected."),
        "not_sent": _("This did not reach the server. Check your connection and press again."),
        "out_of_touch": _("No connection to our server. The conference may go on; trying again."),
        "sign_in": _("You have been signed out. Reload the page and sign in."),
        "no_access": _("This place is no longer part of the dialogue. Ask the host."),
        "quality_excellent": _("Line: excellent"),
        "quality_good": _("Line: good"),
        "quality_poor": _("Line: weak. Switch other programs off, or go nearer to the router."),
        "quality_lost": _("Line: lost"),
    }


def buttons() -> dict[str, str]:
    return {
        "camera_on": _("Camera is on"),
        "camera_off": _("Camera is off"),
        "microphone_on": _("Microphone is on"),
        "microphone_off": _("Microphone is off"),
        "microphone_muted": _("Muted by the host"),
        "share_on": _("Stop sharing the screen"),
        "share_off": _("Share the screen"),
        "hand_up": _("Take your hand down"),
        "hand_down": _("Raise your hand"),
        "you": _("You"),
        "screen_of": _("Screen of %(name)s"),
        "page_of": _("%(number)s of %(total)s"),
        "nobody_on_air": _("Nobody is on air now."),
        "nobody_else": _("Nobody else is in the green room."),
        "on_air_title": _("ON AIR"),
        "minutes": _("%(used)s of %(planned)s min"),
    }
