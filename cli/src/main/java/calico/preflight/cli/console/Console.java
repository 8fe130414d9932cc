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
            if (!isClosedPipe(e)) {
                throw new UserException("cannot write to standard output: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Begins a result that is given piece by piece: to standard output, or into a file that is there completely or not at
     * all.
     */
    public ResultStream stream(Optional<Path> file) {
        return new ResultStream(out, file);
    }

    /** A result that is too large to be held as a whole. */
    @FunctionalInterface
    public interface Writing {
        /** Writes all of it. */
        void to(OutputStream out) throws IOException;
    }

    /** Gives a result that is written bit by bit: to standard output, or into a file that is there completely or not at all. */
    public void result(Writing writing, Optional<Path> file) {
        try (ResultStream stream = stream(file)) {
            writing.to(stream.asOutput());
            stream.complete();
        } catch (IOException e) {
            throw new UserException("cannot write the result: " + reason(e), e);
        }
    }

    /** Has whoever reads standard output seen enough? */
    static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }

    private static void write(byte[] bytes, Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes);
                return;
            }
            PartFile part = PartFile.of(file);
            try {
                Files.write(part.temporary(), bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                part.complete();
            } finally {
                part.discard();
            }
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + reason(e), e);
        }
    }

    /**
     * A file on its way: written beside its place, and moved there when it is complete.
     *
     * @param temporary where it is written
     */
    record PartFile(Path temporary, Path target) {

        static PartFile of(Path file) throws IOException {
            Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            String name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
            return new PartFile(target.resolveSibling(name), target);
        }

        void complete() throws IOException {
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        /** Leaves nothing behind; a file that was completed is not here any more. */
        void discard() {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException itStays) {
                // There is nobody to tell who could do more about it.
            }
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
