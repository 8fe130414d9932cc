package calico.preflight.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Parses its arguments with picocli and a file of facts with Jackson, and judges nothing: what any such program costs. */
@Command(name = "plain", mixinStandardHelpOptions = true, description = "Counts the facts in a file.")
public final class PlainProgram implements Callable<Integer> {

    @Option(names = "--facts", paramLabel = "FILE", required = true, description = "a file of facts")
    private Path facts = Path.of("");

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PlainProgram()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        int known = 0;
        try (JsonParser json = new JsonFactory().createParser(facts.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                known += token == JsonToken.VALUE_STRING && json.getText().equals("known") ? 1 : 0;
            }
        }
        System.out.println(known + " facts are known");
        return 0;
    }
}
