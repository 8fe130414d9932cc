package calico.preflight.cli.fleet;

import calico.preflight.cli.console.Console;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Splits a stream into documents of facts, whether there is one on each line or each has many lines: a document begins at
 * every line whose first character is a brace, which no later line of one that {@code collect} or {@code jq} wrote has, for
 * those are indented. So a document that is damaged or ends too early takes nothing from the next.
 */
final class FactsStream {

    /** Bytes of a document; ten times that of a host with as many modules and routes as are collected. */
    static final int MOST_BYTES = 8 << 20;

    /** Bytes that are passed over in search of the next document, before the rest of the stream is given up. */
    static final long MOST_PASSED_OVER = 256L << 20;

    private static final int CHUNK = 1 << 16;

    private final String name;
    private final HostTaker taker;
    private byte[] document = new byte[CHUNK];
    private int length;
    private long passedOver;
    private long line = 1;
    private long firstLine = 1;
    private boolean atLineStart = true;
    private boolean givenUp;

    /**
     * A stream of this name.
     *
     * @param taker is given every document, and for every part that is none a place where no host could be read
     */
    FactsStream(String name, HostTaker taker) {
        this.name = name;
        this.taker = taker;
    }

    /** Reads the stream to its end, or until the taker has enough. A stream that is packed with gzip is unpacked. */
    void read(InputStream source) throws InterruptedException {
        try (InputStream in = unpacked(source)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0 && !givenUp; read = in.read(chunk)) {
                split(chunk, read);
            }
            if (!givenUp) {
                endOfLine();
                emit();
            }
        } catch (EOFException e) {
            breakOff("the packed file ends too early: the rest of it is missing");
        } catch (ZipException e) {
            breakOff("the packed file is damaged: " + e.getMessage());
        } catch (IOException e) {
            breakOff("reading broke off: " + Console.reason(e));
        }
    }

    private static InputStream unpacked(InputStream source) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(source, CHUNK);
        buffered.mark(2);
        boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return packed ? new GZIPInputStream(buffered, CHUNK) : buffered;
    }

    private void split(byte[] chunk, int read) throws InterruptedException {
        int from = 0;
        for (int i = 0; i < read; i++) {
            if (chunk[i] == '\n') {
                append(chunk, from, i + 1);
                endOfLine();
                line++;
                atLineStart = true;
                from = i + 1;
            }
        }
        if (from < read) {
            append(chunk, from, read);
        }
    }

    private void append(byte[] chunk, int from, int to) throws InterruptedException {
        if (atLineStart && beginsDocument(chunk[from])) {
            emit();
        }
        if (length == 0 && passedOver == 0) {
            firstLine = line;
        }
        atLineStart = false;
        int bytes = to - from;
        if (passedOver > 0 || length + bytes > MOST_BYTES) {
            passedOver += bytes;
            if (passedOver > MOST_PASSED_OVER) {
                breakOff("there is no document in " + MOST_PASSED_OVER + " bytes; the rest of the input was left out");
                givenUp = true;
            }
            return;
        }
        if (length + bytes > document.length) {
            document = Arrays.copyOf(document, Math.max(length + bytes, 2 * document.length));
        }
        System.arraycopy(chunk, from, document, length, bytes);
        length += bytes;
    }

    /** Further lines of a document are indented, or close it; of what is no document, all that follows is one part. */
    private boolean beginsDocument(byte first) {
        boolean continues = isBlank(first) || first == '}' || first == ']';
        return first == '{' || (!continues && length > 0 && document[0] == '{');
    }

    /** A line that holds a whole document ends it at once, so that what follows cannot harm it. */
    private void endOfLine() throws InterruptedException {
        if (passedOver > 0 || firstLine != line) {
            return;
        }
        int end = length;
        while (end > 0 && isBlank(document[end - 1])) {
            end--;
        }
        if (end == 0) {
            length = 0;
        } else if (document[0] == '{' && document[end - 1] == '}' && end > 1) {
            emit();
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    private void emit() throws InterruptedException {
        String place = name + ":" + firstLine;
        if (passedOver > 0) {
            taker.take(new NoEvidence(place, "is larger than " + MOST_BYTES + " bytes"));
        } else if (length > 0) {
            taker.take(new FactsDocument(place, Arrays.copyOf(document, length)));
        }
        clear();
    }

    private void breakOff(String why) throws InterruptedException {
        taker.take(new NoEvidence(name + ":" + (length == 0 && passedOver == 0 ? line : firstLine), why));
        clear();
    }

    private void clear() {
        length = 0;
        passedOver = 0;
        if (document.length > 1 << 20) {
            document = new byte[CHUNK];
        }
    }
}
