//! Builds the documentation, private items included, and runs its examples.

use super::Step;

/// A broken link fails. Public documentation may link to private items, since contributors build both.
const RUSTDOCFLAGS: &str = "-D warnings -A rustdoc::private_intra_doc_links";

pub(super) const STEP: Step = Step {
    name: "doc",
    title: "Documentation and doctests",
    needs: &[],
    in_browser: false,
    after: &[],
    run: |run| {
        let features = ["--no-default-features", "--features", "native,cli"];
        let doc = run.cargo(&["doc", "--no-deps", "--document-private-items"]).args(features);
        doc.var("RUSTDOCFLAGS", RUSTDOCFLAGS).run()?;
        run.cargo_test(&["--features", "native", "--doc"]).run()
    },
};
