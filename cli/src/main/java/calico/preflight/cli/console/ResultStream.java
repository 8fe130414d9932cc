package calico.preflight.cli.console;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A result that is given piece by piece. Whatever ends the process, standard output has whole pieces, and a file is there
 * completely or not at all.
 */
public final class ResultStream implements AutoCloseable {

    private final OutputStream out;
    private final Optional<Console.PartFile> part;
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread atExit = new Thread(this::stop, "result-stream");

    ResultStream(OutputStream standardOutput, Optional<Path> file) {
        try {
            boolean isSpecial = file.isPresent() && Files.exists(file.get()) && !Files.isRegularFile(file.get());
            part = file.isPresent() && !isSpecial ? Optional.of(Console.PartFile.of(file.get())) : Optional.empty();
            if (part.isPresent()) {
                out = new BufferedOutputStream(
                        Files.newOutputStream(part.get().temporary(), StandardOpenOption.CREATE_NEW), 1 << 16);
            } else {
                out = isSpecial ? Files.newOutputStream(file.get()) : standardOutput;
            }
        } catch (IOException e) {
            throw new UserException("cannot write " + file.orElseThrow() + ": " + Console.reason(e), e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Lets the piece that is being written come to its end, and no other begin. */
    private void stop() {
        writing.lock();
        part.ifPresent(Console.PartFile::discard);
    }

    /**
     * Gives a piece.
     *
     * @return whether more is wanted; a reader that has seen enough, such as head, wants no more
     */
    public boolean give(byte[] piece) {
        writing.lock();
        try {
            out.write(piece);
            return true;
        } catch (IOException e) {
            if (Console.isClosedPipe(e)) {
                return false;
            }
            throw new UserException("cannot write the result: " + Console.reason(e), e);
        } finally {
            writing.unlock();
        }
    }

    /** The same for those who write: what they write is given, until no more is wanted. */
    OutputStream asOutput() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                give(new byte[] {(byte) octet});
            }

            @Override
            public void write(byte[] bytes, int begin, int length) {
                give(Arrays.copyOfRange(bytes, begin, begin + length));
            }
        };
    }

    /** The result is complete. */
    public void complete() {
        writing.lock();
        try {
            out.flush();
            if (part.isPresent()) {
                out.close();
                part.get().complete();
            }
        } catch (IOException e) {
            if (!Console.isClosedPipe(e)) {
                throw new UserException("cannot write the result: " + Console.reason(e), e);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Leaves no part of a file that was not completed. */
    @Override
    public void close() {
        part.ifPresent(Console.PartFile::discard);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException theProcessEnds) {
            // The hook is at work already.
        }
    }
}
