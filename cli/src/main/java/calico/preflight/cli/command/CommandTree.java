package calico.preflight.cli.command;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.Suggestion;
import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.Environment;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.cli.option.HelpSections;
import calico.preflight.engine.Judges;
import calico.preflight.engine.RuleException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and what becomes of what they throw. */
public final class CommandTree {

    static final String PROGRAM = "calico-preflight";

    private static final List<String> NAMES =
            List.of("check", "collect", "fleet", "matrix", "explain", "facts", "packs", "probe", "completion");

    /** The commands that judge hosts. */
    private static final Set<String> JUDGES = Set.of("check", "matrix", "fleet");

    private CommandTree() {}

    /** Parses the arguments and runs the command that they name; gives the status to end with. */
    public static int execute(Console console, String[] args, boolean debug) {
        Mistakes mistakes = new Mistakes(console, debug);
        CommandLine line = isJudging(args)
                ? judging(console, args[0])
                : rootWith(console, args.length > 0 && NAMES.contains(args[0]) ? List.of(args[0]) : NAMES);
        line.setParameterExceptionHandler(mistakes);
        line.setExecutionExceptionHandler(mistakes);
        return line.execute(isJudging(args) ? Arrays.copyOfRange(args, 1, args.length) : args);
    }

    /**
     * A command that judges hosts, by itself: to describe all the others to picocli would take longer than to read a host's
     * facts. The rules are made ready meanwhile.
     */
    private static CommandLine judging(Console console, String name) {
        Environment environment = console.environment();
        if (environment.prepared().isPresent() && environment.home().isPresent()) {
            RulesFolder rules = new RulesFolder(environment.home().get().resolve("rules"), true);
            Judges.begin(environment.prepared().get().resolve(Judges.PREPARED), rules.inference());
        }
        CommandLine line = command(console, name);
        line.getCommandSpec().name(PROGRAM + " " + name);
        return set(line, console);
    }

    /** Tells the reader what went wrong. */
    private record Mistakes(Console console, boolean debug)
            implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

        @Override
        public int handleParseException(ParameterException e, String[] arguments) {
            return wrongUse(console, e);
        }

        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult result) {
            return failed(console, e, debug);
        }
    }

    /** The fault is in the program: says so in one line, or with the trace. */
    public static int internalError(Console console, Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(console.err());
            console.err().flush();
        } else {
            console.say(PROGRAM + ": an error in the program itself: " + e + "; --debug shows the trace");
        }
        return ExitCode.INTERNAL_ERROR.code();
    }

    /** Whether hosts are to be judged, and not only the help is to be shown. */
    private static boolean isJudging(String[] args) {
        List<String> words = List.of(args);
        return !words.isEmpty() && JUDGES.contains(words.get(0)) && !words.contains("-h") && !words.contains("--help");
    }

    /** The root with every command. */
    static CommandLine whole(Console console) {
        return rootWith(console, NAMES);
    }

    /** The root with only the commands of these names, so that no other class is loaded. */
    private static CommandLine rootWith(Console console, List<String> names) {
        CommandLine root = new CommandLine(GroupCommand.root().spec());
        names.forEach(name -> root.addSubcommand(name, command(console, name)));
        HelpSections.groupOptions(root);
        return set(root, console);
    }

    private static CommandLine set(CommandLine line, Console console) {
        dress(line);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(false);
        line.setAbbreviatedOptionsAllowed(false);
        return line;
    }

    private static CommandLine command(Console console, String name) {
        return switch (name) {
            case "check" -> line(new CheckCommand(console));
            case "collect" -> line(new CollectCommand(console));
            case "fleet" -> line(new FleetCommand(console));
            case "matrix" -> line(new MatrixCommand(console));
            case "explain" -> line(new ExplainCommand(console));
            case "facts" -> group(GroupCommand.facts(), new FactsListCommand(console));
            case "packs" ->
                group(
                        GroupCommand.packs(),
                        new PacksListCommand(console),
                        new PacksShowCommand(console),
                        new PacksDiffCommand(console),
                        new PacksDocCommand(console),
                        new PacksNewCommand(console),
                        new PacksLintCommand(console),
                        new PacksTestCommand(console));
            case "probe" ->
                group(
                        GroupCommand.probe(),
                        new ProbeKernelCommand(console),
                        new ProbeServeCommand(console),
                        new ProbeRunCommand(console));
            case "completion" -> line(new CompletionCommand(console));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static CommandLine line(Command command) {
        return new CommandLine(command.withOptions());
    }

    private static CommandLine group(GroupCommand parent, Command... commands) {
        CommandLine group = line(parent);
        for (Command command : commands) {
            group.addSubcommand(command.spec().name(), line(command));
        }
        return group;
    }

    /** What every command has: help, version, the trace switch, the exit codes. */
    private static void dress(CommandLine command) {
        var spec = command.getCommandSpec();
        spec.versionProvider(new Version());
        // Not picocli's own, which are annotated.
        spec.addOption(option("show this help and exit", "-h", "--help")
                .usageHelp(true)
                .build());
        spec.addOption(option("print the version and exit", "-V", "--version")
                .versionHelp(true)
                .build());
        spec.addOption(option("show the trace of an error in the program itself", "--debug")
                .build());
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(String.valueOf(code.code()), code.meaning());
        }
        spec.usageMessage()
                .width(80)
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes)
                .commandListHeading("%nCommands:%n")
                .parameterListHeading("%nArguments:%n");
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        command.getSubcommands().values().forEach(CommandTree::dress);
    }

    private static OptionSpec.Builder option(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).description(description);
    }

    private static int wrongUse(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        // A user and a password in an address that was typed in the wrong place are not to be repeated.
        console.say(name + ": " + message(e, command).replaceAll("://[^/\\s]*@", "://...@"));
        console.say("See \"" + name + " --help\" for what is allowed.");
        return ExitCode.USAGE.code();
    }

    private static String message(ParameterException e, CommandLine command) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                return "there is no option \"" + word + "\"." + Suggestion.didYouMean(nameOf(word), options(command));
            }
            if (!command.getSubcommands().isEmpty()) {
                return "there is no command \"" + word + "\"."
                        + Suggestion.didYouMean(word, command.getSubcommands().keySet());
            }
            return "\"" + word + "\" is one argument too many.";
        }
        return String.valueOf(e.getMessage());
    }

    private static String nameOf(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private static int failed(Console console, Exception e, boolean debug) {
        if (e instanceof UserException || e instanceof InvalidRulesException || e instanceof RuleException) {
            // The problems of files begin with their place, as compilers print them.
            console.say((e instanceof InvalidRulesException ? "" : PROGRAM + ": ") + e.getMessage());
            if (debug) {
                e.printStackTrace(console.err());
            }
            return ExitCode.USAGE.code();
        }
        return internalError(console, e, debug);
    }
}
