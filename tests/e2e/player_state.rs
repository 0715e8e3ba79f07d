//! The player's state, and waiting for it.

use anyhow::{Context, Result, ensure};

use crate::page::Briefing;
use crate::part::Part;
use crate::wait::until;

impl<'a> Briefing<'a> {
    /// Returns the play button at the top of the briefing.
    pub(crate) async fn play_at_the_top(&self) -> Result<Part<'a>> {
        self.find("header button:not([part~='citation'])").await
    }

    /// Returns the player's position, in seconds.
    pub(crate) async fn time(&self) -> Result<f64> {
        self.property("currentTime").await?.as_f64().context("currentTime is no number")
    }

    /// Returns the total duration, in seconds.
    pub(crate) async fn duration(&self) -> Result<f64> {
        self.property("duration").await?.as_f64().context("duration is no number")
    }

    /// Waits until the player is at a time, to within 0.05 s.
    pub(crate) async fn time_becomes(&self, seconds: f64) -> Result<()> {
        self.time_comes_near(seconds, 0.05).await
    }

    /// Waits until the player is past a time.
    pub(crate) async fn time_passes(&self, seconds: f64) -> Result<()> {
        until(&format!("{seconds} s have passed"), async || {
            let time = self.time().await?;
            ensure!(time > seconds, "it is at {time} s");
            Ok(())
        })
        .await
    }

    /// Waits until the player is at a time, to within a tolerance.
    pub(crate) async fn time_comes_near(&self, seconds: f64, within: f64) -> Result<()> {
        until(&format!("the player is at {seconds} s"), async || {
            let time = self.time().await?;
            ensure!((time - seconds).abs() <= within, "it is at {time} s");
            Ok(())
        })
        .await
    }

    /// Clicks the play button.
    pub(crate) async fn press_play(&self) -> Result<()> {
        self.part("play-button").await?.click().await
    }

    /// Waits until the player describes its sound with this text.
    pub(crate) async fn sound_label_becomes(&self, words: &str) -> Result<()> {
        self.find(".sound").await?.text_becomes(words).await
    }

    /// Waits until the label of the play button shows that the briefing plays.
    pub(crate) async fn plays(&self) -> Result<()> {
        self.part("play-button").await?.text_becomes("Pause").await
    }

    /// Waits until the label of the play button shows that the briefing does not play.
    pub(crate) async fn is_paused(&self) -> Result<()> {
        self.part("play-button").await?.text_becomes("Play").await
    }

    /// Returns the elements that are marked as the current passage, without waiting.
    pub(crate) async fn current_passages(&self) -> Result<Vec<Part<'a>>> {
        self.find_all(
            "[part~='title'][aria-current], [part~='summary'][aria-current], \
            [part~='key-point'][aria-current], [part~='block'][aria-current]",
        )
        .await
    }

    /// Waits until exactly one passage is marked as current and its text starts with this prefix.
    pub(crate) async fn current_becomes(&self, beginning: &str) -> Result<Part<'a>> {
        until(&format!("the passage played begins {beginning:?}"), async || {
            let mut current = self.current_passages().await?;
            ensure!(current.len() == 1, "{} passages are marked", current.len());
            let current = current.pop().context("nothing")?;
            // The passage's time may precede its text.
            let text = current.text().await?;
            let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c.is_whitespace());
            ensure!(text.starts_with(beginning), "it begins {:?}", text.chars().take(40).collect::<String>());
            Ok(current)
        })
        .await
    }
}
