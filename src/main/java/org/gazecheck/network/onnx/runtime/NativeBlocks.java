package org.gazecheck.network.onnx.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A pool of native memory blocks, so that a batch costs neither new pages nor a copy. */
final class NativeBlocks {
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** A block of at least so many bytes, in the machine's byte order. */
    ByteBuffer take(int bytes) {
        ByteBuffer block = free.poll();
        return block != null && block.capacity() >= bytes
                ? block
                : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    void give(ByteBuffer block) {
        free.add(block);
    }
}
