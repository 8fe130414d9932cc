package calico.preflight.cli.option;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options in the help by subject, each subject with a heading. */
public final class HelpSections {

    private static final String TARGET = "Target (defaults: those of the documents for the version and platform):";
    private static final String OUTPUT = "Output:";
    private static final Map<Class<?>, String> HEADINGS = headings();
    private static final String OTHERS = "Options:";

    private HelpSections() {}

    /** Makes the help of this command, and of those below it, list their options by subject. */
    public static void groupOptions(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new Options());
        command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING);
        command.getSubcommands().values().forEach(HelpSections::groupOptions);
    }

    /** No lambda, since the JVM keeps no class of picocli once a lambda stands for one of its interfaces: they are too old. */
    private static final class Options implements CommandLine.IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            return HelpSections.render(help);
        }
    }

    private static Map<Class<?>, String> headings() {
        Map<Class<?>, String> headings = new LinkedHashMap<>();
        headings.put(TargetOptions.class, TARGET);
        headings.put(NearestOption.class, TARGET);
        headings.put(MatrixOptions.class, TARGET);
        headings.put(SetupOptions.class, TARGET);
        headings.put(PlatformOption.class, TARGET);
        headings.put(UpgradeOption.class, TARGET);
        headings.put(RangeOptions.class, TARGET);
        headings.put(HostOptions.class, "Host:");
        headings.put(RemoteHostOptions.class, "Hosts through ssh:");
        headings.put(ProbeOptions.class, "Host:");
        headings.put(DatastoreOptions.class, "Datastore (nobody is contacted unless it is named here):");
        headings.put(ProbeConnectionOptions.class, "Connection:");
        headings.put(GateOptions.class, "Success:");
        headings.put(RulesOptions.class, "Rules:");
        headings.put(OutputOptions.class, OUTPUT);
        headings.put(MatrixOutput.class, OUTPUT);
        headings.put(FleetOutput.class, OUTPUT);
        headings.put(FactsOutput.class, OUTPUT);
        headings.put(PageOptions.class, OUTPUT);
        headings.put(FileOption.class, OUTPUT);
        headings.put(LookOptions.class, OUTPUT);
        return headings;
    }

    /** The options of a command by the headings of their subjects, in the order of the help; no subject is empty. */
    public static Map<String, List<OptionSpec>> bySubject(CommandSpec command) {
        Map<String, List<OptionSpec>> bySubject = new LinkedHashMap<>();
        HEADINGS.values().forEach(heading -> bySubject.put(heading, new ArrayList<>()));
        bySubject.put(OTHERS, new ArrayList<>());
        for (OptionSpec option : command.options()) {
            String heading = option.userObject() instanceof Member member
                    ? HEADINGS.getOrDefault(member.getDeclaringClass(), OTHERS)
                    : OTHERS;
            bySubject.computeIfAbsent(heading, subject -> new ArrayList<>()).add(option);
        }
        bySubject.values().removeIf(List::isEmpty);
        return bySubject;
    }

    private static String render(Help help) {
        StringBuilder text = new StringBuilder();
        bySubject(help.commandSpec()).forEach((heading, options) -> {
            Help.Layout layout = help.createDefaultLayout();
            options.forEach(option -> layout.addOption(option, help.createDefaultParamLabelRenderer()));
            text.append(String.format("%n%s%n", heading)).append(layout);
        });
        return text.toString();
    }
}
