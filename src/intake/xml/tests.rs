//! Small invented exports in the structures of four systems, and what is no export.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use proptest::prelude::*;

use crate::intake::{Document, Format, IntakeError, LineKind, read_bytes};

fn read(xml: &str) -> Document {
    read_bytes(Path::new("dagsorden.bin"), xml.as_bytes()).unwrap()
}

fn error(xml: &str) -> IntakeError {
    read_bytes(Path::new("dagsorden.xml"), xml.as_bytes()).unwrap_err()
}

fn codes(document: &Document) -> Vec<&str> {
    document.warnings.iter().map(|warning| warning.code).collect()
}

const SBSYS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Dagsorden DagsordenID="7" Åben="True" Dagsordentype="Referat">
  <Møde MødeID="3" Udvalg="HovedMED" Mødedato="16. september 2026" Mødetid="13:00" Mødeslutdato="16. september 2026"
    Mødesluttid="15:00" Mødested="Lokale 2" />
  <Dagsordenpunkter>
    <Dagsordenpunkt DagsordenpunktID="1" Nummer="12" Åbent="True" Sagsnummer="26/1234">
      <Overskrift>Budget &amp; løn</Overskrift>
      <Indhold>
        <Sagsfremstilling><![CDATA[<p>Sagen er <b>ny</b>.</p><ul><li>et</li><li>to</li></ul>]]></Sagsfremstilling>
        <Indstilling_x0020_og_x0020_beslutning>&lt;p&gt;Godkendt&amp;nbsp;i dag.&lt;/p&gt;</Indstilling_x0020_og_x0020_beslutning>
        <Tom/>
      </Indhold>
      <Bilagsliste><Bilag BilagID="1" Navn="Notat om løn" MaaPubliceres="True" BilagUrl="a.pdf"/></Bilagsliste>
    </Dagsordenpunkt>
    <Dagsordenpunkt DagsordenpunktID="2" Nummer="13" Åbent="False">
      <Overskrift>Personsag</Overskrift>
      <Indhold><Beslutning>Meget hemmeligt.</Beslutning></Indhold>
    </Dagsordenpunkt>
  </Dagsordenpunkter>
</Dagsorden>"#;

#[test]
fn the_export_of_sbsys_reads_as_the_other_formats_do() {
    let document = read(SBSYS);
    assert_eq!(document.source.format, Format::Xml);
    assert_eq!(
        &*document.text,
        "Referat\n\nUdvalg: HovedMED\n\nMødedato: 16. september 2026\n\nStarttidspunkt: 13:00\n\nSluttidspunkt: 15:00\n\n\
         Mødested: Lokale 2\n\nPunkt 12: Budget & løn\n\nSagsnr.: 26/1234\n\nSagsfremstilling\n\nSagen er ny.\n\n- et\n- to\n\n\
         Indstilling og beslutning\n\nGodkendt i dag.\n\nPunkt 13: Personsag\n\nLukket punkt\n"
    );
    assert_eq!(document.lines[6].kind, LineKind::Heading(2));
    assert_eq!(document.lines[9].origins[0].1.line, 9);
    assert!(codes(&document).is_empty());
}

#[test]
fn of_a_closed_item_nothing_is_read_but_number_title_and_case() {
    for flag in [
        "Åbent=\"False\"",
        "Åbent=\"\"",
        "Åbent=\"måske\"",
        "Lukket=\"true\"",
        "Lukket=\"?\"",
        "Åbent=\"true\" Fortrolig=\"ja\"",
        "",
    ] {
        let document = read(&format!(
            "<Dagsorden><Dagsordenpunkt Nummer=\"1\" {flag}><Overskrift>Personsag</Overskrift><Indhold><Felt Navn=\"Sag\">\
             <Html>Hemmeligt</Html></Felt></Indhold><FullText>Hemmeligt</FullText><Dagsordenpunkt Nummer=\"2\" Åbent=\"true\">\
             <Overskrift>Del</Overskrift><Tekst>Hemmeligt</Tekst></Dagsordenpunkt></Dagsordenpunkt></Dagsorden>"
        ));
        assert!(!document.text.contains("Hemmeligt"), "{flag}: {}", document.text);
        assert_eq!(document.text.matches("Lukket punkt").count(), 2, "{flag}: {}", document.text);
    }
}

#[test]
fn a_closed_agenda_or_a_closed_section_closes_its_items() {
    let agenda = SBSYS.replace("Åben=\"True\"", "Åben=\"False\"");
    assert_eq!(read(&agenda).text.matches("Lukket punkt").count(), 2);
    let section = SBSYS.replace("<Sagsfremstilling>", "<Sagsfremstilling Lukket=\"true\">");
    let text = read(&section).text;
    assert_eq!(text.matches("Lukket punkt").count(), 2, "{text}");
}

#[test]
fn items_without_a_flag_are_closed_with_a_warning() {
    let document = read("<Referat><Punkt><Titel>Løn</Titel><Tekst>Godkendt.</Tekst></Punkt></Referat>");
    assert_eq!(&*document.text, "Punkt 1: Løn\n\nLukket punkt\n");
    assert_eq!(codes(&document), ["xml-no-access"]);
}

#[test]
fn the_exports_of_acadre_and_both_edocs_are_read() {
    let acadre = r#"<root><table name="agenda"><fields><field name="sysid">1</field></fields>
        <table name="meeting"><fields><field name="date">2026-09-16T13:00:00</field><field name="location">Salen</field></fields></table>
        <table name="committee"><fields><field name="name">HovedMED</field></fields></table>
        <table name="agendaitemparents"><fields><field name="sort">4</field></fields><table name="agendaitem"><fields>
        <field name="name">Løn</field><field name="access">1</field><field name="caseno">26/12</field></fields>
        <table name="bullet"><fields><field name="bulletname">Beslutning</field><field name="bulletcontent">&lt;p&gt;Godkendt.&lt;/p&gt;</field></fields></table>
        <table name="enclosure"><fields><field name="name">Bilag</field><field name="access">2</field></fields></table></table></table>
        <table name="agendaitemparents"><fields><field name="sort">5</field></fields><table name="agendaitem"><fields>
        <field name="name">Personsag</field><field name="access">2</field></fields><table name="bullet"><fields>
        <field name="bulletcontent">hemmeligt</field></fields></table></table></table></table></root>"#;
    assert_eq!(
        &*read(acadre).text,
        "Udvalg: HovedMED\n\nMødedato: 16-09-2026\n\nStarttidspunkt: 13:00\n\nMødested: Salen\n\nPunkt 4: Løn\n\nSagsnr.: 26/12\n\n\
         Beslutning\n\nGodkendt.\n\nPunkt 5: Personsag\n\nLukket punkt\n"
    );
    let edoc = r#"<?xml version="1.0"?><Meeting><MeetingState>Referat endeligt godkendt</MeetingState><Committee>HovedMED</Committee>
        <MeetingDate>16. september 2026</MeetingDate><MeetingAgendaTypes><MeetingAgendaType><AgendaType>Åben dagsorden</AgendaType>
        <MeetingAgendaItems><MeetingAgendaItem><AgendaItemNumber>1</AgendaItemNumber><Document documentid="1"><Title>Løn</Title>
        <PublishingType>SKAL PUBLICERES</PublishingType></Document><FullText>Beslutning
Godkendt.</FullText></MeetingAgendaItem></MeetingAgendaItems></MeetingAgendaType><MeetingAgendaType><AgendaType>Lukket dagsorden</AgendaType>
        <MeetingAgendaItems><MeetingAgendaItem><AgendaItemNumber>2</AgendaItemNumber><Document><Title>Sag</Title>
        <PublishingType>SKAL PUBLICERES</PublishingType></Document><FullText>hemmeligt</FullText></MeetingAgendaItem></MeetingAgendaItems>
        </MeetingAgendaType></MeetingAgendaTypes></Meeting>"#;
    assert_eq!(
        &*read(edoc).text,
        "Referat\n\nUdvalg: HovedMED\n\nMødedato: 16. september 2026\n\nPunkt 1: Løn\n\nBeslutning\n\nGodkendt.\n\nPunkt 2: Sag\n\nLukket punkt\n"
    );
    let fujitsu = r#"<Root xmlns:edoc="urn:x"><edoc:OutputTypeEnumName>Minutes</edoc:OutputTypeEnumName><edoc:Committee><edoc:Name>HovedMED</edoc:Name>
        <edoc:Meeting><edoc:MeetingDateTime>16-09-2026 13:00:00</edoc:MeetingDateTime><edoc:Agenda><edoc:AgendaElements><edoc:AgendaElement>
        <edoc:AccessIsPublic>true</edoc:AccessIsPublic><edoc:HandlingItem><edoc:Title>Løn</edoc:Title><edoc:SerialNo>1</edoc:SerialNo>
        <edoc:CasePresentations><edoc:CasePresentation><edoc:Title>Beslutning</edoc:Title><edoc:Content>&lt;h1&gt;Om løn&lt;/h1&gt;Godkendt.</edoc:Content>
        </edoc:CasePresentation></edoc:CasePresentations></edoc:HandlingItem></edoc:AgendaElement></edoc:AgendaElements></edoc:Agenda>
        </edoc:Meeting></edoc:Committee></Root>"#;
    let document = read(fujitsu);
    assert_eq!(
        &*document.text,
        "Referat\n\nUdvalg: HovedMED\n\nMødedato: 16-09-2026\n\nStarttidspunkt: 13:00\n\nPunkt 1: Løn\n\nBeslutning\n\nOm løn\n\nGodkendt.\n"
    );
    assert_eq!(document.lines[6].kind, LineKind::Heading(4), "below the heading of the section");
}

#[test]
fn text_in_elements_nobody_knows_is_left_out_with_a_warning() {
    let secret = "Dette er en længere tekst i et element, som ingen kender.";
    let document = read(&format!(
        "<Dagsorden><Punkt Nummer=\"1\" Åbent=\"ja\"><Titel>Løn</Titel><Besynderligt>{secret}</Besynderligt><BeslutningHTML>\
         <p>Godkendt.</p><p>Enigt.</p></BeslutningHTML></Punkt></Dagsorden>"
    ));
    assert_eq!(&*document.text, "Punkt 1: Løn\n\nBeslutning\n\nGodkendt.\n\nEnigt.\n");
    assert_eq!(codes(&document), ["xml-not-read"]);
    assert!(document.warnings[0].message.contains("Besynderligt"));
}

#[test]
fn drafts_and_encodings_are_seen() {
    let draft = SBSYS.replace("Dagsordentype=\"Referat\"", "Dagsordentype=\"Referat (kladde)\"");
    assert!(read(&draft).text.starts_with("Referat\n\nUdkast\n"));
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Dagsorden \u{c5}ben=\"true\"><Punkt \u{c5}bent=\"true\"><Titel>L\u{f8}n</Titel></Punkt></Dagsorden>";
    let bytes: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(&*read_bytes(Path::new("x"), &bytes).unwrap().text, "Punkt 1: Løn\n");
}

#[test]
fn other_xml_says_what_it_is() {
    assert!(error("<?xml version='1.0'?><rss><item>x</item></rss>").to_string().contains("<rss>"));
    assert!(matches!(error("<note>\n<to>x</to></note>"), IntakeError::UnknownXml { .. }));
    assert!(error("<?xml version='1.0'?><office:document xmlns:office='x'/>").to_string().contains("flat XML"));
    assert!(error("<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>").to_string().contains("Word"));
    assert!(matches!(error("<?xml version='1.0'?><Dagsorden><Punkt>"), IntakeError::Damaged { .. }));
    assert!(error("{\\rtf1 Referat}").to_string().contains("RTF"));
    let bomb = "<!DOCTYPE a [<!ENTITY b 'bb'>]><Dagsorden><Punkt Åbent='ja'><Tekst>&b;</Tekst></Punkt></Dagsorden>";
    assert!(matches!(error(&format!("<?xml version='1.0'?>{bomb}")), IntakeError::Damaged { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_export_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = SBSYS.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read_bytes(Path::new("f.xml"), &bytes);
        let _ = read_bytes(Path::new("f.xml"), &bytes[..cut.index(bytes.len())]);
    }
}
