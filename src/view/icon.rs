use super::markup::Markup;

/// The drawings of the interface, on a square of 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Play,
    Pause,
    Back,
    Forward,
    Follow,
    Chevron,
    Close,
    Page,
    Book,
    Chart,
    Screen,
    Sound,
    Speech,
    Globe,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Play => "M4 2.2v11.6c0 .5.6.9 1 .6l9-5.8c.4-.3.4-.9 0-1.2l-9-5.8c-.4-.3-1 .1-1 .6z",
            Self::Pause => "M3.5 2h3v12h-3zM9.500 2h3v12h-3z",
            Self::Back => {
                "M3 2.500h2v11H3zM13 3v10c0 .4-.5.6-.8.4L6 8.500a.6.6 0 0 1 0-1l6.200-4.900c.3-.2.8 0 .8.4z"
            }
            Self::Forward => {
                "M11 2.500h2v11h-2zM3 3v10c0 .4.5.6.8.4L10 8.500a.6.6 0 0 0 0-1L3.800 2.600C3.500 2.400 3 2.600 3 3z"
            }
            Self::Follow => {
                "M7.250 1.500h1.500v10l3.200-3.200 1.050 1.050L8 14.400 3 9.350 4.050 8.300l3.200 3.200z"
            }
            Self::Chevron => "M3.200 5.200 8 10l4.800-4.800 1.100 1.100L8 12.200 2.100 6.300z",
            Self::Close => {
                "M3.600 2.500 8 6.900l4.400-4.400 1.100 1.100L9.100 8l4.400 4.400-1.100 1.100L8 9.100l-4.400 4.400-1.100-1.100L6.900 8 2.500 3.600z"
            }
            Self::Page => {
                "M3 1.500h7l3 3v10H3zm1.500 1.500v10h7V5.250H9.250V3zM6 7.250h4v1.250H6zM6 9.750h4V11H6z"
            }
            Self::Book => {
                "M2 2.500c2-.6 4-.4 6 .7 2-1.100 4-1.300 6-.7v10.300c-2-.6-4-.4-6 .7-2-1.100-4-1.300-6-.7zM3.500 3.700v7.800c1.300-.2 2.500 0 3.750.5V4.400C6 3.800 4.800 3.600 3.500 3.700zm9 0c-1.300-.1-2.500.1-3.750.7V12c1.250-.5 2.450-.7 3.750-.5z"
            }
            Self::Chart => "M2 13h12v1.250H2zM3 7h2v5H3zM7 3h2v9H7zM11 5.500h2V12h-2z",
            Self::Screen => "M1.500 3h13v10h-13zM3 4.500v7h10v-7zM6.700 5.800 10.200 8l-3.500 2.200z",
            Self::Sound => {
                "M2 6v4h2.500L8 13V3L4.500 6zM10 5.500l1-1a5 5 0 0 1 0 7l-1-1a3.500 3.500 0 0 0 0-5z"
            }
            Self::Speech => "M2 2.500h12v8.500H8l-3.500 3V11H2zm1.500 1.500v5.500H6v1.300l1.500-1.300h5V4z",
            Self::Globe => {
                "M8 1.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM3.100 7.250h2.400c.1-1.400.4-2.600.9-3.500A5 5 0 0 0 3.100 7.250zm3.900 0h2C8.800 5.100 8.300 3.600 8 3.200c-.3.4-.8 1.900-1 4.050zm0 1.500c.2 2.150.7 3.650 1 4.050.3-.4.8-1.900 1-4.050zm-3.900 0a5 5 0 0 0 3.300 3.500c-.5-.9-.8-2.100-.9-3.500zm7.400 0c-.1 1.400-.4 2.600-.9 3.500a5 5 0 0 0 3.300-3.500zm0-1.500h2.400a5 5 0 0 0-3.300-3.500c.5.9.8 2.100.9 3.500z"
            }
        }
    }
}

/// Draws an icon. It says nothing: the words beside it, or the name of its button, do.
pub(crate) fn icon(markup: &mut Markup, icon: Icon) {
    const ATTRIBUTES: [(&str, &str); 6] = [
        ("class", "icon"),
        ("viewBox", "0 0 16 16"),
        ("width", "16"),
        ("height", "16"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    markup.drawing(&ATTRIBUTES, icon.path());
}
