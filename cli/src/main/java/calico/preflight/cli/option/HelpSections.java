package calico.preflight.cli.option;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options in the help by section, each with its heading. */
public final class HelpSections {

    private HelpSections() {}

    /** Makes the help of this command, and of those below it, list their options by section. */
    public static void groupOptions(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::render);
        command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING);
        command.getSubcommands().values().forEach(HelpSections::groupOptions);
    }

    /** The options of a command by their sections, in the order of the help; no section is empty. */
    public static Map<Section, List<OptionSpec>> of(CommandSpec command) {
        Map<Section, List<OptionSpec>> sections = new EnumMap<>(Section.class);
        for (OptionSpec option : command.options()) {
            Section section = option.userObject() instanceof OptionGroup group ? group.section() : Section.OTHERS;
            sections.computeIfAbsent(section, none -> new ArrayList<>()).add(option);
        }
        return sections;
    }

    private static String render(Help help) {
        StringBuilder text = new StringBuilder();
        of(help.commandSpec()).forEach((section, options) -> {
            Help.Layout layout = help.createDefaultLayout();
            options.forEach(option -> layout.addOption(option, help.createDefaultParamLabelRenderer()));
            text.append(String.format("%n%s%n", section.heading())).append(layout);
        });
        return text.toString();
    }
}
