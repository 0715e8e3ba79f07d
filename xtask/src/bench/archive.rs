//! Measures how fast the command processes an archive, and how much memory this takes: 10,000 articles of
//! four formats. In the same run, `jq`, which only reads them, is measured for comparison.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::call::Environment;
use crate::file_io;
use crate::native_command;
use crate::workspace::Workspace;

/// The number of articles in the large archive, and in the small one.
const LARGE: usize = 10_000;
const SMALL: usize = 1_000;

/// The tasks: the name, the arguments before the files, and whether the task writes results, which adds
/// `--out`.
const TASKS: [(&str, &[&str], bool); 3] = [
    ("convert", &["convert"], true),
    ("check", &["check"], false),
    ("render", &["render", "--page", "--assets", "/briefing"], true),
];

/// The interval at which memory is read while a command runs.
const INTERVAL: Duration = Duration::from_millis(2);

/// A folder of articles.
struct Archive {
    folder: PathBuf,
    bytes: usize,
}

/// The cost of one run of a command.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    /// The time for which cores worked, in seconds, if the system reports it: other programs change this
    /// little.
    processor: Option<f64>,
    /// The peak memory in bytes, if the system reports it.
    peak: Option<f64>,
}

/// The measurements of a task.
struct Row {
    name: &'static str,
    one_job: Vec<Cost>,
    all_jobs: Vec<Cost>,
    small: Vec<Cost>,
}

/// Builds the command as it is installed, runs the tasks, and prints what they cost.
pub(super) fn measure(
    workspace: &Workspace,
    environment: &Environment,
    runs: usize,
    results: &Path,
) -> Result<()> {
    let command = native_command::build_to_install(workspace, environment)?;
    let folder = results.join("archive");
    let (large, small) =
        (Archive::make(&folder.join("large"), LARGE)?, Archive::make(&folder.join("small"), SMALL)?);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let out = folder.join("out");

    let run = |arguments: &[&str], writes: bool, archive: &Archive, jobs: usize| {
        let _ = fs::remove_dir_all(&out);
        let mut call = Command::new(&command);
        call.args(arguments).args(["--jobs", &jobs.to_string(), "*.json"]).current_dir(&archive.folder);
        if writes {
            call.arg("--out").arg(&out);
        }
        run_measured(call)
    };
    let mut floor = Vec::new();
    let mut rows = TASKS.map(|(name, ..)| Row { name, one_job: vec![], all_jobs: vec![], small: vec![] });
    for number in 1..=runs {
        println!("measuring archive, {number} of {runs} …");
        floor.extend(read_by_jq(&large)?);
        for ((_, arguments, writes), row) in TASKS.iter().zip(&mut rows) {
            row.one_job.push(run(arguments, *writes, &large, 1)?);
            row.all_jobs.push(run(arguments, *writes, &large, cores)?);
            row.small.push(run(arguments, *writes, &small, cores)?);
        }
    }
    let report = report(&rows, &floor, &large, cores);
    let written = results.join("archive.json");
    file_io::write(&written, format!("{report:#}\n"))?;
    println!("\nWritten to {}", written.display());
    Ok(())
}

/// Measures `jq` reading all files and printing nothing; none if it is not installed.
fn read_by_jq(archive: &Archive) -> Result<Option<Cost>> {
    let Ok(jq) = which::which("jq") else { return Ok(None) };
    let mut call = Command::new(jq);
    call.arg("empty").args((0..LARGE).map(file_name)).current_dir(&archive.folder);
    run_measured(call).map(Some)
}

/// Runs a command to its end, and measures it.
fn run_measured(mut call: Command) -> Result<Cost> {
    let started = Instant::now();
    let name = call.get_program().to_string_lossy().into_owned();
    let mut child = call
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {name}"))?;
    let (mut peak, mut processor) = (None, None);
    let status = loop {
        // The system keeps the peak and the sum until the process ends.
        peak = peak_of(child.id()).or(peak);
        processor = processor_of(child.id()).or(processor);
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(INTERVAL),
        }
    };
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(Cost { seconds: started.elapsed().as_secs_f64(), processor, peak })
}

/// Returns the peak memory of a process so far, in bytes: the system's `VmHWM`.
fn peak_of(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes = line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()?;
    Some(kilobytes * 1024.0)
}

/// Returns the time for which cores worked for a process so far, in seconds: `utime` and `stime`, which count
/// hundredths.
fn processor_of(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the process, in front of these fields, may contain anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<f64>().ok());
    Some(ticks.sum::<Option<f64>>()? / 100.0)
}

/// Prints the measurements, and returns them as JSON.
fn report(rows: &[Row], floor: &[Cost], archive: &Archive, cores: usize) -> Value {
    let megabytes = archive.bytes as f64 / 1e6;
    println!(
        "\n{LARGE} articles of four formats, {megabytes:.0} MB, as WordPress, Ghost, JSON Feed and canonical JSON"
    );
    let jq = seconds(floor);
    match jq {
        Some(jq) => println!(
            "jq, which only parses them: {jq:.2} s, {:.0} articles a second; processor {}",
            LARGE as f64 / jq,
            shown_or_unknown(processor(floor), " s")
        ),
        None => println!("jq is not installed, so there is nothing to compare with"),
    }
    println!(
        "{:<9}{:>32}{:>32}{:>12}{:>10}{:>16}{:>15}",
        "",
        "one job",
        format!("{cores} jobs"),
        "processor",
        "× jq",
        "10 × the files",
        "memory, MB"
    );
    let mut measured = Vec::new();
    for row in rows {
        let (Some(one), Some(all), Some(small)) =
            (seconds(&row.one_job), seconds(&row.all_jobs), seconds(&row.small))
        else {
            continue;
        };
        let rate = |seconds: f64| LARGE as f64 / seconds;
        let times = |seconds: f64| jq.map(|jq| jq / seconds);
        let shown = |seconds: f64| {
            let ratio = times(seconds).map_or_else(String::new, |times| format!(", {times:.2} × jq"));
            format!("{seconds:.2} s, {:.0}/s{ratio}", rate(seconds))
        };
        let work = processor(&row.one_job);
        let work_ratio = work.zip(processor(floor)).map(|(work, floor)| work / floor);
        let (small_peak, large_peak) = (peak(&row.small), peak(&row.all_jobs));
        let memory = match (small_peak, large_peak) {
            (Some(small), Some(large)) => format!("{:.1} → {:.1}", small / 1e6, large / 1e6),
            _ => "unknown".to_owned(),
        };
        println!(
            "{:<9}{:>32}{:>32}{:>12}{:>10}{:>16}{:>15}",
            row.name,
            shown(one),
            shown(all),
            shown_or_unknown(work, " s"),
            shown_or_unknown(work_ratio, ""),
            format!("{:.1} × the time", all / small),
            memory
        );
        measured.push(json!({
            "task": row.name,
            "seconds": { "one_job": one, "all_jobs": all, "all_jobs_of_a_tenth": small },
            "times_as_fast_as_jq": { "one_job": times(one), "all_jobs": times(all) },
            "times_as_fast_by_all_jobs": one / all,
            "processor_seconds": work,
            "times_the_processor_of_jq": work_ratio,
            "peak_bytes": { "files_1000": small_peak, "files_10000": large_peak },
        }));
    }
    json!({
        "articles": LARGE, "bytes": archive.bytes, "cores": cores, "jq_seconds": jq,
        "jq_processor_seconds": processor(floor), "tasks": measured
    })
}

/// Returns the shortest time, since other work on the machine only makes it longer.
fn seconds(costs: &[Cost]) -> Option<f64> {
    costs.iter().map(|cost| cost.seconds).min_by(f64::total_cmp)
}

/// Returns the shortest time for which cores worked.
fn processor(costs: &[Cost]) -> Option<f64> {
    costs.iter().filter_map(|cost| cost.processor).min_by(f64::total_cmp)
}

fn shown_or_unknown(value: Option<f64>, unit: &str) -> String {
    value.map_or_else(|| "unknown".to_owned(), |value| format!("{value:.2}{unit}"))
}

/// Returns the largest peak of all runs.
fn peak(costs: &[Cost]) -> Option<f64> {
    costs.iter().filter_map(|cost| cost.peak).max_by(f64::total_cmp)
}

fn file_name(number: usize) -> String {
    format!("{number:05}.json")
}

impl Archive {
    /// Writes so many articles, the same at each run.
    fn make(folder: &Path, count: usize) -> Result<Self> {
        file_io::create_folder(folder)?;
        let mut bytes = 0;
        for number in 0..count {
            let text = article(number).to_string();
            bytes += text.len();
            let file = folder.join(file_name(number));
            file_io::write(&file, text)?;
        }
        Ok(Self { folder: folder.to_owned(), bytes })
    }
}

/// The sentences of the paragraphs, with their links and emphasis.
const SENTENCES: [&str; 5] = [
    "The harbour council voted on Tuesday to rebuild the northern quay, after a survey found that its piles had lost half their strength.",
    "“It would <em>not</em> have stood another winter,” said the engineer who led the survey, which cost 40,000 euros.",
    "Ferries use other berths meanwhile, and the <a href=\"https://ferries.example/timetable\">timetable</a> has changed twice since March.",
    "Œuvres d’art, façades et quais: the city lists 214 structures that are older than it has records for.",
    "Work would begin in spring and cost <strong>no more</strong> than what was set aside for repairs; 会谈周一恢复。",
];

/// Returns an article of 10 to 40 paragraphs; the formats take turns.
fn article(number: usize) -> Value {
    let paragraphs = 10 + number * 7 % 31;
    let title = format!("The northern quay, part {number}");
    let sentences = |paragraph: usize| {
        let sentences = SENTENCES.iter().cycle().skip((number + paragraph) % SENTENCES.len());
        sentences.take(3 + paragraph % 3).copied().collect::<Vec<_>>().join(" ")
    };
    let html = || {
        let paragraph = |index| match index % 10 {
            4 => format!("<h2>Part {index}</h2>\n<p>{}</p>\n", sentences(index)),
            7 => format!("<ul><li>{}</li><li>Later: {}</li></ul>\n", sentences(index), sentences(index + 1)),
            _ => format!("<p>{}</p>\n", sentences(index)),
        };
        (0..paragraphs).map(paragraph).collect::<String>()
    };
    let url = format!("https://paper.example/2026/{number}/");
    match number % 4 {
        0 => json!({
            "id": number, "date": "2026-03-04T10:15:00", "date_gmt": "2026-03-04T09:15:00", "slug": "quay",
            "status": "publish", "type": "post", "link": url, "title": { "rendered": title },
            "content": { "rendered": html(), "protected": false }, "excerpt": { "rendered": "", "protected": false },
            "author": 3, "meta": []
        }),
        1 => json!({ "posts": [{
            "id": number.to_string(), "uuid": "aa-bb", "title": title, "slug": "quay", "html": html(), "url": url,
            "status": "published", "visibility": "public", "published_at": "2026-03-04T09:15:00.000+00:00"
        }] }),
        2 => json!({
            "version": "https://jsonfeed.org/version/1.1", "title": "Paper", "language": "en",
            "items": [{ "id": url, "url": url, "title": title, "content_html": html(),
                        "date_published": "2026-03-04T09:15:00Z" }]
        }),
        _ => {
            let plain = |index| sentences(index).replace(['<', '>', '/', '"', '='], " ");
            let body: Vec<String> =
                (0..paragraphs).map(|index| format!("{}[^r{}]", plain(index), 1 + index % 5)).collect();
            let points: Vec<String> =
                (0..4).map(|index| format!("Point {index} of {number}.[^r1]")).collect();
            let references: Vec<Value> = (1..=5)
                .map(|index| {
                    json!({ "id": format!("r{index}"), "title": format!("Survey {index}"), "publisher": "Port authority",
                            "url": format!("https://port.example/{index}"), "published": "2026-03-03" })
                })
                .collect();
            json!({
                "format": "briefing", "version": "1.0", "id": number.to_string(), "url": url, "lang": "en",
                "title": title, "published": "2026-03-04T09:15:00Z", "key_points": points, "body": body,
                "references": references
            })
        }
    }
}
