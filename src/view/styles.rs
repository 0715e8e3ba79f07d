/// The stylesheet of a briefing, put together from that of each component.
pub const STYLES: &str = concat!(
    include_str!("host.css"),
    include_str!("briefing.css"),
    include_str!("header.css"),
    include_str!("image.css"),
    include_str!("key_points.css"),
    include_str!("body.css"),
    include_str!("blocks/blocks.css"),
    include_str!("citation.css"),
    include_str!("source.css"),
    include_str!("popover.css"),
    include_str!("references.css"),
    include_str!("player.css"),
    include_str!("states.css"),
);
