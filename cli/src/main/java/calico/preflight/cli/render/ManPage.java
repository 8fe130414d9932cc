package calico.preflight.cli.render;

import calico.preflight.cli.option.HelpSections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help of a command as a page for {@code man}, in the macros of man(7). */
public final class ManPage {

    private static final String EXAMPLES = "Examples:";
    private static final String SECTION = "1";

    private final CommandSpec command;
    private final String version;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command, String version) {
        this.command = command;
        this.version = version;
    }

    /** The name of the page and of its file without the section: {@code calico-preflight-packs-diff}. */
    public static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /**
     * The page.
     *
     * @param version of the program
     */
    public static String of(CommandSpec command, String version) {
        return new ManPage(command, version).render();
    }

    private String render() {
        String name = name(command);
        List<String> lines = List.of(command.usageMessage().description());
        int examples = lines.indexOf(EXAMPLES);
        List<String> description = examples < 0 ? lines : lines.subList(0, examples);

        line(".TH " + quoted(name.toUpperCase(Locale.ROOT)) + " " + SECTION + " \"\" "
                + quoted("calico-preflight " + version));
        line(".SH NAME");
        line(text(name) + " \\- " + text(firstSentence(description)));
        line(".SH SYNOPSIS");
        line(text(new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .strip()));
        line(".SH DESCRIPTION");
        description.forEach(paragraph -> line(paragraph.isEmpty() ? ".PP" : text(paragraph)));
        arguments();
        options();
        commands();
        line(".SH EXIT STATUS");
        command.usageMessage().exitCodeList().forEach(this::tagged);
        if (examples >= 0) {
            line(".SH EXAMPLES");
            line(".nf");
            lines.subList(examples + 1, lines.size()).forEach(example -> line(text(example)));
            line(".fi");
        }
        seeAlso();
        return page.toString();
    }

    private static String firstSentence(List<String> description) {
        String whole = description.stream().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining(" "));
        int end = whole.indexOf(". ");
        String sentence = end < 0 ? whole : whole.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private void arguments() {
        List<PositionalParamSpec> arguments = command.positionalParameters();
        if (!arguments.isEmpty()) {
            line(".SH ARGUMENTS");
            arguments.forEach(argument -> tagged(argument.paramLabel(), described(argument)));
        }
    }

    private void options() {
        line(".SH OPTIONS");
        HelpSections.of(command).forEach((section, options) -> {
            line(".SS " + quoted(section.heading().replaceFirst(":$", "")));
            options.stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> tagged(names(option), described(option)));
        });
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.typeInfo().isBoolean() || option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private static String described(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private void commands() {
        Map<String, CommandLine> commands = command.subcommands();
        if (!commands.isEmpty()) {
            line(".SH COMMANDS");
            commands.values()
                    .forEach(sub -> tagged(
                            name(sub.getCommandSpec()) + "(" + SECTION + ")",
                            firstSentence(
                                    List.of(sub.getCommandSpec().usageMessage().description()))));
        }
    }

    private void seeAlso() {
        if (command.parent() != null) {
            line(".SH SEE ALSO");
            line(text(name(command.parent()) + "(" + SECTION + ")"));
        }
    }

    private void tagged(String tag, String text) {
        line(".TP");
        line(".B " + text(tag));
        line(text(text));
    }

    /** A backslash begins an escape, and so does a dot or an apostrophe at the begin of a line. */
    private static String text(String text) {
        String escaped = text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String quoted(String text) {
        return '"' + text(text).replace("\"", "\\(dq") + '"';
    }

    private void line(String line) {
        page.append(line).append('\n');
    }
}
