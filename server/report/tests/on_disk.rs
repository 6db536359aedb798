//! A reference finds its chapter in a file that nobody has opened.

use std::fs;
use std::sync::Arc;

use columnist_report::name::Name;
use columnist_report::workspace::Workspace;
use transcript::lines::Format;

const PAGE: &str = "Militaire Dienst 17\n\nZie ook hoofdstuk 1.3 (Industrieveiligheid) van dit jaarverslag.\n";

#[test]
fn a_chapter_that_is_only_on_the_disk_is_found_and_missed_when_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let chapter = folder.path().join("p21.txt");
    fs::write(&chapter, "1.3 Industrieveiligheid\n\nDe dienst ziet toe op de beveiliging.\n").expect("a file");
    let mut workspace = Workspace::new(Arc::default());
    workspace.set_roots(vec![folder.path().to_owned()]);
    let scan = workspace.scan(&|_, _| {}, &|| false);
    workspace.adopt(scan);
    let name = Name::file(folder.path().join("p17.txt"));
    workspace.open(name.clone(), Format::Plain, PAGE);
    let led = |workspace: &Workspace| {
        let offset = PAGE.find("1.3").expect("it is there");
        let reference = workspace.reference_at(&name, offset).expect("a reference").clone();
        workspace.targets(&name, &reference).iter().map(|target| target.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(led(&workspace), ["Industrieveiligheid"]);
    assert_eq!(workspace.findings(&name), []);
    fs::remove_file(&chapter).expect("it goes");
    workspace.refresh(&chapter);
    assert_eq!(led(&workspace), [""; 0]);
    let codes: Vec<&str> = workspace.findings(&name).iter().map(|reported| reported.finding.code).collect();
    assert_eq!(codes, ["unresolved-reference"]);
}
