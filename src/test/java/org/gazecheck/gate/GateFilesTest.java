package org.gazecheck.gate;

import static org.gazecheck.gate.Nights.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Ground;
import org.gazecheck.results.RunVerdict.Level;
import org.gazecheck.results.RunVerdict.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GateFilesTest {
    private static final String HOSTILE = "]]></failure><script>&\"'`|\n"
            + "\u0000\u0007\uFFFE*_[x](http://evil.example) @channel #12 www.evil.example \u202E";

    /** The strictest that is common to Ant's task, Maven's plugin and Jenkins, as they describe it. */
    private static final String COMMON =
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:complexType name="told">
                <xs:simpleContent><xs:extension base="xs:string">
                  <xs:attribute name="message" type="xs:string" use="required"/>
                  <xs:attribute name="type" type="xs:string"/>
                </xs:extension></xs:simpleContent>
              </xs:complexType>
              <xs:element name="testsuites"><xs:complexType><xs:sequence>
                <xs:element name="testsuite"><xs:complexType>
                  <xs:sequence>
                    <xs:element name="properties"><xs:complexType><xs:sequence>
                      <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
                        <xs:attribute name="name" type="xs:token" use="required"/>
                        <xs:attribute name="value" type="xs:string" use="required"/>
                      </xs:complexType></xs:element>
                    </xs:sequence></xs:complexType></xs:element>
                    <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                      <xs:choice minOccurs="0">
                        <xs:element name="skipped" type="told"/>
                        <xs:element name="failure" type="told"/>
                      </xs:choice>
                      <xs:attribute name="name" type="xs:token" use="required"/>
                      <xs:attribute name="classname" type="xs:token" use="required"/>
                      <xs:attribute name="time" type="xs:decimal" use="required"/>
                    </xs:complexType></xs:element>
                    <xs:element name="system-out" type="xs:string"/>
                    <xs:element name="system-err" type="xs:string"/>
                  </xs:sequence>
                  <xs:attribute name="name" type="xs:token" use="required"/>
                  <xs:attribute name="package" type="xs:token" use="required"/>
                  <xs:attribute name="id" type="xs:int" use="required"/>
                  <xs:attribute name="timestamp" use="required"><xs:simpleType><xs:restriction base="xs:dateTime">
                    <xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/>
                  </xs:restriction></xs:simpleType></xs:attribute>
                  <xs:attribute name="hostname" type="xs:token" use="required"/>
                  <xs:attribute name="tests" type="xs:int" use="required"/>
                  <xs:attribute name="failures" type="xs:int" use="required"/>
                  <xs:attribute name="errors" type="xs:int" use="required"/>
                  <xs:attribute name="skipped" type="xs:int" use="required"/>
                  <xs:attribute name="time" type="xs:decimal" use="required"/>
                </xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
            </xs:schema>
            """;

    @TempDir
    Path folder;

    private GateVerdict verdict;

    @BeforeEach
    void night() throws Exception {
        verdict = judge(
                List.of(
                        "each class test.top1 >= 0.6",
                        "findings.all.subject != \"" + HOSTILE.replace("\"", "") + "\" is empty",
                        "new.drift is none"),
                List.of("test.top5 exactly >= 0.9"),
                MeasurementTable.builder()
                        .figure(id("test.top1").ofClass(HOSTILE), share(1, 100))
                        .figure(id("test.top1").ofClass("rose"), share(1, 50))
                        .figure(id("test.top5"), share(1, 100))
                        .findings(List.of(finding("outliers", HOSTILE, Severity.HIGH, true, null)))
                        .notApplicable(MetricSet.NEW, "there are no new images")
                        .build(),
                null,
                List.of(acknowledged("outliers:" + HOSTILE, "2026-04-01")));
    }

    @Test
    void ciServersReadOneTestCaseAGate() throws Exception {
        Path file = folder.resolve("junit.xml");
        JUnitFile.write(file, verdict);
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(COMMON)));
        schema.newValidator().validate(new StreamSource(file.toFile()));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertEquals("4", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals("3", suite.getAttribute("skipped"));
        assertEquals("2026-03-14T02:00:00", suite.getAttribute("timestamp"));
        NodeList cases = document.getElementsByTagName("testcase");
        assertEquals(4, cases.getLength());
        for (int i = 0; i < 4; i++) {
            String gate = ((Element) cases.item(i)).getAttribute("name");
            assertTrue(gate.startsWith(verdict.gates().get(i).rule().substring(0, 15)), gate);
        }
        assertEquals(1, document.getElementsByTagName("failure").getLength());
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertTrue(failure.getTextContent().contains("]]></failure><script>&\"'`|\\u000a\\u0000"));
        NodeList skipped = document.getElementsByTagName("skipped");
        assertTrue(
                ((Element) skipped.item(0)).getAttribute("message").contains("acknowledged until 2026-04-01 by Ann"));
        assertEquals("not applicable: there are no new images.", ((Element) skipped.item(1)).getAttribute("message"));
        assertTrue(((Element) skipped.item(2)).getAttribute("message").startsWith("warned: test.top5 is 1.0 %"));
    }

    @Test
    void aNightWithoutGatesIsAWholeFileToo() throws Exception {
        GateVerdict none =
                judge(List.of(), List.of(), MeasurementTable.builder().build());
        JUnitFile.write(folder.resolve("junit.xml"), none);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("junit.xml").toFile());
        assertTrue(SummaryFile.text(none).startsWith("# Gates: nothing failed"));
        GatesFile.write(folder.resolve("gates.json"), none);
        assertTrue(Double.isNaN(GatesFile.read(folder.resolve("gates.json")).level()));
    }

    @Test
    void theVerdictOnTheNetworkIsKeptAndStandsAboveTheGates() throws Exception {
        RunVerdict network = RunVerdict.of(
                List.of(
                        new Ground(Level.DO_NOT_USE, Source.AUDIT, "Proven: it recognises @rose by its background."),
                        new Ground(Level.LOOK_AT_THIS, Source.GATES, "A gate failed: x.")),
                "");
        GatesFile.write(folder.resolve("gates.json"), verdict.concluding(network));
        GateVerdict read = GatesFile.read(folder.resolve("gates.json"));
        assertEquals(network, read.network());
        assertEquals(
                "Verdict with gates: do not use. Proven: it recognises @\u2060rose by its background.",
                SummaryFile.text(read).lines().toList().get(2));
        assertEquals(network, read.standing().network());
    }

    @Test
    void theSummaryTellsWhatFailedFirstAndNamesAreNoMarkup() throws Exception {
        Path file = folder.resolve("summary.md");
        SummaryFile.write(file, verdict, List.of());
        String text = Files.readString(file);
        List<String> lines = text.lines().toList();
        assertEquals("# Gates: 1 failed", lines.get(0));
        assertEquals(
                "Run 20260314T020000Z-abc, 2026-03-14T02:00:00Z. 4 gates: 1 failed, 1 warned, 1 acknowledged, 1 not"
                        + " applicable.",
                lines.get(2));
        assertTrue(lines.get(6).startsWith("| each class test.top1 &gt;= 0.6 | **failed** | 2 of 2 classes: "));
        assertTrue(lines.get(7).contains("| warned |"));
        for (String row : lines.subList(4, 10)) {
            assertEquals(4, row.replace("\\|", "").chars().filter(c -> c == '|').count(), row);
        }
        for (String markup : List.of("<script", "@channel", "#12", "http://", "www.", "[x](")) {
            assertFalse(text.contains(markup), markup);
        }
        assertFalse(text.contains("\u0000") || text.contains("\u202E") || text.contains("\u0007"));
        assertTrue(text.contains("## Acknowledged\n- outliers:"));
    }

    @Test
    void theVerdictIsReadBackAsItWas() throws Exception {
        Path file = folder.resolve("gates.json");
        GatesFile.write(file, verdict);
        assertEquals(verdict, GatesFile.read(file));
        assertTrue(Files.readString(file).contains("\"alerts\": true"));
        Files.writeString(file, Files.readString(file).replace("\"schemaVersion\": 2", "\"schemaVersion\": 1"));
        assertTrue(assertThrows(ResultsException.class, () -> GatesFile.read(file))
                .getMessage()
                .contains("schemaVersion is 1, this program reads 2"));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"schemaVersion\": 1", "\"schemaVersion\": 2")
                        .replace("2026-03-14T02:00:00Z", "yesterday"));
        assertTrue(assertThrows(ResultsException.class, () -> GatesFile.read(file))
                .getMessage()
                .contains("expected a time as ISO 8601 writes it"));
    }
}
