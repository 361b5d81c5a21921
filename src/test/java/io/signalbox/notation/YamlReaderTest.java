package io.signalbox.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    private final Mistakes mistakes = new Mistakes();

    @Test
    void knowsTheLineOfEverything() {
        Node.Table root = (Node.Table) read("a: 1\nb:\n  - x\n  - {c: on}\n").orElseThrow();
        assertThat(root.entries())
                .isEqualTo(Map.of(
                        "a", new Node.Entry(at(1), new Node.Scalar(at(1), "1")),
                        "b",
                                new Node.Entry(
                                        at(2),
                                        new Node.Items(
                                                at(3),
                                                List.of(
                                                        new Node.Scalar(at(3), "x"),
                                                        new Node.Table(
                                                                at(4),
                                                                Map.of(
                                                                        "c",
                                                                        new Node.Entry(
                                                                                at(4),
                                                                                new Node.Scalar(at(4), "on")))))))));
        assertThat(mistakes.isEmpty()).isTrue();
    }

    @Test
    void keepsScalarsAsTheyAreWritten() {
        Node.Table root =
                (Node.Table) read("a: 007\nb: yes\nc: 1e3\nd: ~\ne: ''\n").orElseThrow();
        assertThat(root.entries().values().stream().map(entry -> ((Node.Scalar) entry.value()).text()))
                .containsExactly("007", "yes", "1e3", "", "");
    }

    @Test
    void findsNothingInAnEmptyText() {
        assertThat(read("")).isEmpty();
        assertThat(read("# only this\n")).isEmpty();
        assertThat(mistakes.isEmpty()).isTrue();
    }

    @Test
    void tellsWhereTheTextIsNotYaml() {
        assertThat(read("a: 1\nb: [1\nc: 2\n")).isEmpty();
        assertThat(told()).singleElement().asString().startsWith("f.yml:3: this is not YAML: ");
    }

    @Test
    void refusesKeysThatStandTwiceAliasesAndSecondDocuments() {
        read("a: &x 1\nb: *x\nb: 2\n---\nc: 3\n");
        assertThat(told())
                .containsExactly(
                        "f.yml:2: '*x' is a YAML alias; write out what is meant",
                        "f.yml:3: 'b' is written twice, first in line 2",
                        "f.yml:5: a second YAML document begins here; a file holds one");
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThat(read("[".repeat(5000))).isEmpty();
        assertThat(told()).singleElement().asString().startsWith("f.yml:1: this is not YAML");
    }

    private Optional<Node> read(String text) {
        return YamlReader.read("f.yml", text, mistakes);
    }

    private List<String> told() {
        return mistakes.all().stream().map(Mistake::toString).toList();
    }

    private static Place at(int line) {
        return new Place("f.yml", line);
    }
}
