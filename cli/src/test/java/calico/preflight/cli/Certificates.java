package calico.preflight.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority and what it issues, made with openssl. */
record Certificates(Path directory) {

    /** A new authority. */
    static Certificates make(Path directory) throws Exception {
        Certificates made = new Certificates(Files.createTempDirectory(directory, "pki"));
        made.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=authority -days 2");
        return made;
    }

    /** Issues NAME.pem for these alternative names, such as {@code IP:127.0.0.1}; its key is in NAME.key. */
    void issue(String name, String alternativeNames, int days) throws Exception {
        Files.writeString(directory.resolve(name + ".ext"), "subjectAltName=" + alternativeNames + "\n");
        openssl("req -newkey rsa:2048 -nodes -keyout " + name + ".key -out " + name + ".csr -subj /CN=" + name);
        openssl("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " + days + " -extfile "
                + name + ".ext -out " + name + ".pem");
    }

    String file(String name) {
        return directory.resolve(name).toString();
    }

    void openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("openssl " + arguments + ": " + output);
        }
    }
}
