package calico.preflight.cli.page;

import calico.preflight.catalog.pack.Advisory;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.TargetOptions;
import calico.preflight.cli.page.Span.Code;
import calico.preflight.cli.page.Span.Link;
import calico.preflight.cli.page.Span.Strong;
import calico.preflight.cli.page.Span.Text;
import calico.preflight.engine.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The requirements of a pack on one platform as a page, made of the data alone. */
public final class RequirementsPage {

    private final ResolvedPack pack;
    private final Profile profile;
    private final List<Block> blocks = new ArrayList<>();

    private RequirementsPage(ResolvedPack pack, Profile profile) {
        this.pack = pack;
        this.profile = profile;
    }

    /**
     * The page.
     *
     * @param profile in the practical one it also says what advisories add and amend
     */
    public static Page of(ResolvedPack pack, Profile profile) {
        return new RequirementsPage(pack, profile).page();
    }

    private Page page() {
        paragraph(
                new Text("What has to be so where Calico "),
                new Text(pack.calico() + " runs on " + pack.platform().label()
                        + ", by its documents. Made from the rule pack "),
                new Code(pack.id()),
                new Text(" ("),
                new Code(pack.digest()),
                new Text("); each finding of a check names the requirement's id, as it stands here."));
        levels();
        options();
        byDocument().forEach((document, sections) -> {
            blocks.add(new Block.Heading(2, document));
            sections.forEach(this::section);
        });
        return new Page("Calico " + pack.calico() + " on " + pack.platform().label() + ": requirements", blocks);
    }

    private void levels() {
        blocks.add(new Block.Heading(2, Span.of("Levels")));
        blocks.add(new Block.Table(
                List.of("Level", "Meaning"),
                Stream.of(Level.values())
                        .map(level -> List.<List<Span>>of(List.of(new Code(level.label())), Span.of(level.meaning())))
                        .toList()));
    }

    private void options() {
        blocks.add(new Block.Heading(2, Span.of("Options")));
        paragraph(new Text(
                "What is not said of the target is taken to be as the documents have it by default. A requirement "
                        + "can hold for some values only."));
        List<List<List<Span>>> rows = new ArrayList<>();
        TargetOptions.VALUES.forEach((option, values) -> {
            if (option.equals("profile")) {
                return; // how it is judged is no matter of what is run
            }
            List<String> known = pack.offers().getOrDefault(option, values);
            String usual = pack.defaults().getOrDefault(option, "");
            rows.add(List.of(
                    List.of(new Code(option)),
                    usual.isEmpty() ? List.of() : List.of(new Code(usual)),
                    known.isEmpty() ? Span.of("any word") : codes(known)));
        });
        blocks.add(new Block.Table(List.of("Option", "Default", "Values"), rows));
    }

    /** Documents in the order in which they come up, each with its sections. */
    private Map<List<Span>, Map<String, List<Requirement>>> byDocument() {
        Map<List<Span>, Map<String, List<Requirement>>> documents = new LinkedHashMap<>();
        for (Requirement requirement : pack.requirements(profile)) {
            List<Span> document = List.of(new Link(
                    requirement.source().document(), requirement.source().url()));
            documents
                    .computeIfAbsent(document, any -> new LinkedHashMap<>())
                    .computeIfAbsent(requirement.source().section(), any -> new ArrayList<>())
                    .add(requirement);
        }
        return documents;
    }

    private void section(String name, List<Requirement> requirements) {
        if (!name.isEmpty()) {
            blocks.add(new Block.Heading(3, Span.of(name)));
        }
        blocks.add(new Block.Table(
                List.of("Requirement", "Asks for", "Only where", "Level"),
                requirements.stream()
                        .map(requirement -> List.<List<Span>>of(
                                List.of(new Strong(requirement.title()), new Text(" "), new Code(requirement.id())),
                                Span.of(Expectation.of(requirement.check())),
                                conditions(requirement),
                                List.of(new Code(requirement.level().label()))))
                        .toList()));
        blocks.add(new Block.Bullets(requirements.stream()
                .flatMap(requirement -> remarks(requirement).stream())
                .toList()));
    }

    private static List<Span> conditions(Requirement requirement) {
        List<Span> spans = new ArrayList<>();
        requirement.appliesTo().forEach((option, values) -> {
            spans.add(new Text((spans.isEmpty() ? "" : "; ") + option + " is "));
            spans.addAll(codes(values));
        });
        return spans;
    }

    private List<List<Span>> remarks(Requirement requirement) {
        List<List<Span>> remarks = new ArrayList<>();
        remarks.add(remark(requirement, "Where it is not so: ", requirement.remedy()));
        requirement.notes().forEach(note -> remarks.add(remark(requirement, "Note: ", note)));
        if (profile == Profile.PRACTICAL) {
            pack.advisories().stream()
                    .filter(advisory -> advisory.amended()
                            .filter(amends -> amends.speaksOf(requirement.id()))
                            .isPresent())
                    .forEach(advisory -> remarks.add(amendment(requirement, advisory)));
        }
        return remarks;
    }

    private static List<Span> remark(Requirement requirement, String label, String words) {
        return List.of(new Code(requirement.id()), new Text(": " + label + words));
    }

    private static List<Span> amendment(Requirement requirement, Advisory advisory) {
        return List.of(
                new Code(requirement.id()),
                new Text(": In practice ("),
                new Code(advisory.id()),
                new Text("): " + advisory.because() + " See "),
                new Link(advisory.source().document(), advisory.source().url()),
                new Text("."));
    }

    private static List<Span> codes(List<String> words) {
        List<Span> spans = new ArrayList<>();
        for (String word : words) {
            if (!spans.isEmpty()) {
                spans.add(new Text(", "));
            }
            spans.add(new Code(word));
        }
        return spans;
    }

    private void paragraph(Span... spans) {
        blocks.add(new Block.Paragraph(List.of(spans)));
    }
}
