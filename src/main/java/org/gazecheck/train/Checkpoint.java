package org.gazecheck.train;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.results.Epoch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest state of a training on disk, written atomically: {@code "GZCHECK1"}, the identity of recipe and inputs, the
 * state, and a CRC-32C of all that, big-endian.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final long MAGIC = 0x475a434845434b31L;
    private static final int FLOATS_AT_ONCE = 1 << 16;

    private final Path file;
    private final String identity;

    /** @param identity changes whenever recipe or inputs do; a state of another identity is not gone on from */
    Checkpoint(Path folder, String identity) {
        this.file = folder.resolve("latest.bin");
        this.identity = identity;
    }

    void write(TrainingState state) throws IOException {
        AtomicFile.write(file, raw -> {
            CheckedOutputStream checked = new CheckedOutputStream(raw, new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(MAGIC);
            out.writeUTF(identity);
            out.writeInt(state.step);
            out.writeInt(state.bestEpoch);
            out.writeDouble(state.bestScore.top1());
            out.writeDouble(state.bestScore.logLoss());
            out.writeDouble(state.firstLoss);
            out.writeInt(state.epochs.size());
            for (Epoch epoch : state.epochs) {
                write(epoch, out);
            }
            write(state.parameters, out);
            for (float[] moment : state.moments) {
                write(moment, out);
            }
            write(state.average, out);
            write(state.best, out);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
        });
    }

    /**
     * Fills a fresh state from the file.
     *
     * @param state of the right sizes
     * @return the state that was stored, or {@code state} as it is when there is none of this recipe and these inputs
     */
    TrainingState resume(TrainingState state) throws IOException {
        if (!Files.exists(file)) {
            return state;
        }
        TrainingState stored =
                new TrainingState(state.parameters.clone(), state.moments.length, state.average.length > 0);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 18)) {
            CheckedInputStream checked = new CheckedInputStream(raw, new CRC32C());
            DataInputStream in = new DataInputStream(checked);
            if (in.readLong() != MAGIC || !in.readUTF().equals(identity)) {
                LOG.info("{} is of another recipe or other inputs: training starts from the beginning", file);
                return state;
            }
            read(in, stored);
            long computed = checked.getChecksum().getValue();
            if (in.readLong() != computed) {
                throw new DamagedFileException("its checksum is wrong");
            }
            return stored;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("{} is damaged ({}): training starts from the beginning", file, e.getMessage());
            return state;
        }
    }

    private static void read(DataInputStream in, TrainingState state) throws IOException {
        state.step = in.readInt();
        state.bestEpoch = in.readInt();
        state.bestScore = new Score(in.readDouble(), in.readDouble());
        state.firstLoss = in.readDouble();
        int epochs = in.readInt();
        for (int i = 0; i < epochs; i++) {
            state.epochs.add(epoch(in));
        }
        read(in, state.parameters);
        for (float[] moment : state.moments) {
            read(in, moment);
        }
        read(in, state.average);
        read(in, state.best);
    }

    private static void write(Epoch epoch, DataOutputStream out) throws IOException {
        out.writeInt(epoch.epoch());
        out.writeDouble(epoch.trainLoss());
        out.writeDouble(epoch.valLoss());
        out.writeDouble(epoch.valTop1());
        out.writeDouble(epoch.learningRate());
        out.writeDouble(epoch.seconds());
        out.writeBoolean(epoch.best());
    }

    private static Epoch epoch(DataInputStream in) throws IOException {
        return new Epoch(
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readBoolean());
    }

    private static void write(float[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(4 * FLOATS_AT_ONCE);
        for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
            int n = Math.min(FLOATS_AT_ONCE, values.length - from);
            bytes.clear().asFloatBuffer().put(values, from, n);
            out.write(bytes.array(), 0, 4 * n);
        }
    }

    private static void read(DataInputStream in, float[] values) throws IOException {
        if (in.readInt() != values.length) {
            throw new DamagedFileException("its sizes are those of another network");
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * FLOATS_AT_ONCE);
        for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
            int n = Math.min(FLOATS_AT_ONCE, values.length - from);
            in.readFully(bytes.array(), 0, 4 * n);
            bytes.clear().asFloatBuffer().get(values, from, n);
        }
    }
}
