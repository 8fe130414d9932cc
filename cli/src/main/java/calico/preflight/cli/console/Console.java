package calico.preflight.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a run writes: results to standard output or a file, everything else to standard error.
 *
 * @param environment the process around the run
 * @param out standard output
 * @param err standard error
 */
public record Console(Environment environment, OutputStream out, PrintStream err) {

    /** Says something to the person, on standard error; every line is made harmless. */
    public void say(String message) {
        message.lines().map(Plain::line).forEach(err::println);
        err.flush();
    }

    /** Gives a result as text, in the characters that the locale has. */
    public void result(String text, Optional<Path> file) {
        if (environment.unicode() || file.isPresent()) {
            result(text.getBytes(StandardCharsets.UTF_8), file);
        } else {
            result(text.getBytes(StandardCharsets.US_ASCII), file);
        }
    }

    /**
     * Gives a result: to standard output, or into a file that is there completely or not at all. What is no regular file,
     * such as {@code /dev/stderr} or a pipe, is written to as it is.
     */
    public void result(byte[] bytes, Optional<Path> file) {
        if (file.isPresent()) {
            write(bytes, file.get());
            return;
        }
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // A reader that has seen enough, such as head, is no error.
            if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
                throw new UserException("cannot write to standard output: " + e.getMessage(), e);
            }
        }
    }

    private static void write(byte[] bytes, Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes);
                return;
            }
            Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            String name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
            Path temporary = target.resolveSibling(name);
            try {
                Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + reason(e), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What went wrong with a file, in the words of the operating system where the exception has only the path. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
