package org.gazecheck.network.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of Python's pickle machine (protocols 2 to 4) that {@code torch.save} uses for tensors by name. It builds
 * dictionaries, lists, tuples, strings and numbers; a global is a name and nothing more, and what is called is decided by
 * {@link Calls}. Nothing is imported, nothing is executed.
 */
final class Unpickler {
    private static final Object MARK = new Object();

    /** What the program {@code module.name} of a pickle stands for. */
    record Global(String module, String name) {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /**
     * An object of a class that is not known here: nothing but the class's name, and what it has as a dictionary.
     *
     * @param items by name, where the class is a kind of dictionary
     */
    record Opaque(Global type, Map<Object, Object> items) {
        Opaque(Global type) {
            this(type, new LinkedHashMap<>());
        }
    }

    /** What the reader of a format makes of the two instructions by which a pickle asks for objects. */
    interface Calls {
        /** @throws IllegalArgumentException for a global that may not be called */
        Object call(Global global, List<?> arguments);

        /** @throws IllegalArgumentException for a class of which no object may be made */
        Object build(Global type);

        /** An object that lies outside the pickle. */
        Object persistent(Object id);
    }

    private final ByteBuffer in;
    private final Calls calls;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private Unpickler(byte[] pickle, Calls calls) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
        this.calls = calls;
    }

    /**
     * @throws IllegalArgumentException when the pickle asks for something that is not allowed or not known
     * @throws RuntimeException when it is cut off or damaged
     */
    static Object read(byte[] pickle, Calls calls) {
        return new Unpickler(pickle, calls).run();
    }

    private Object run() {
        while (true) {
            int opcode = Byte.toUnsignedInt(in.get());
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> in.get();
            case 0x95 -> in.getLong();
            case '(' -> stack.push(MARK);
            case 'N' -> stack.push(None.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'J' -> stack.push((long) in.getInt());
            case 'K' -> stack.push((long) Byte.toUnsignedInt(in.get()));
            case 'M' -> stack.push((long) Short.toUnsignedInt(in.getShort()));
            case 'B' -> skip(in.getInt());
            case 'C' -> skip(Byte.toUnsignedInt(in.get()));
            case 0x8e, 0x96 -> skip(in.getLong());
            case 'T' -> stack.push(text(in.getInt()));
            case 'U' -> stack.push(text(Byte.toUnsignedInt(in.get())));
            case 0x8d -> stack.push(text(Math.toIntExact(in.getLong())));
            case 0x8b -> stack.push(longOf(in.getInt()));
            case 0x8a -> stack.push(longOf(Byte.toUnsignedInt(in.get())));
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> stack.push(text(in.getInt()));
            case 0x8c -> stack.push(text(Byte.toUnsignedInt(in.get())));
            case 'c' -> stack.push(new Global(line(), line()));
            case 0x93 -> {
                String name = (String) pop();
                stack.push(new Global((String) pop(), name));
            }
            case '}' -> stack.push(new LinkedHashMap<Object, Object>());
            case ']', 0x8f -> stack.push(new ArrayList<>());
            case ')' -> stack.push(List.of());
            case 't', 0x91 -> stack.push(List.copyOf(popToMark()));
            case 0x85 -> stack.push(last(1));
            case 0x86 -> stack.push(last(2));
            case 0x87 -> stack.push(last(3));
            case 'q' -> memo.put(Byte.toUnsignedInt(in.get()), stack.peek());
            case 'r' -> memo.put(in.getInt(), stack.peek());
            case 0x94 -> memo.put(memo.size(), stack.peek());
            case 'h' -> stack.push(remembered(Byte.toUnsignedInt(in.get())));
            case 'j' -> stack.push(remembered(in.getInt()));
            case '0' -> stack.pop();
            case '1' -> popToMark();
            case '2' -> stack.push(stack.element());
            case 's' -> put(last(2));
            case 'u' -> put(popToMark());
            case 'a' -> append(last(1));
            case 'e', 0x90 -> append(popToMark());
            case 'Q' -> stack.push(calls.persistent(pop()));
            case 'R' -> {
                List<?> arguments = (List<?>) pop();
                Object called = pop();
                stack.push(
                        called instanceof Opaque object
                                ? new Opaque(object.type)
                                : calls.call((Global) called, arguments));
            }
            case 0x81 -> build(1);
            case 0x92 -> build(2);
            case 'b' -> pop();
            default ->
                throw new IllegalArgumentException(String.format("it uses the pickle instruction 0x%02x", opcode));
        }
    }

    private void build(int arguments) {
        last(arguments);
        Object type = pop();
        stack.push(type instanceof Opaque object ? new Opaque(object.type) : calls.build((Global) type));
    }

    /** Bytes, of which no weights are made. */
    private void skip(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("its bytes are longer than the rest of the pickle");
        }
        in.position(in.position() + (int) length);
        stack.push("");
    }

    /** Python's None, which a deque cannot hold as null. */
    enum None {
        NONE
    }

    private Object pop() {
        Object top = stack.pop();
        if (top == MARK) {
            throw new IllegalArgumentException("its stack is out of order");
        }
        return top;
    }

    private List<Object> popToMark() {
        List<Object> popped = new ArrayList<>();
        for (Object top = stack.pop(); top != MARK; top = stack.pop()) {
            popped.add(top);
        }
        Collections.reverse(popped);
        return popped;
    }

    private List<Object> last(int count) {
        List<Object> popped = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            popped.add(0, pop());
        }
        return popped;
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> pairs) {
        Map<Object, Object> map =
                stack.peek() instanceof Opaque object ? object.items : (Map<Object, Object>) stack.peek();
        for (int i = 0; i < pairs.size(); i += 2) {
            map.put(key(pairs.get(i)), pairs.get(i + 1));
        }
    }

    /** Plain ones only: the hash of nested tuples can take forever, and that of a dictionary in itself never ends. */
    private static Object key(Object key) {
        if (key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof Double) {
            return key;
        }
        throw new IllegalArgumentException("a dictionary of it has a key that is neither text nor number");
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> items) {
        if (!(stack.peek() instanceof Opaque)) {
            ((List<Object>) stack.peek()).addAll(items);
        }
    }

    private Object remembered(int key) {
        Object object = memo.get(key);
        if (object == null || object == MARK) {
            throw new IllegalArgumentException("it reads a memo entry that was never written");
        }
        return object;
    }

    private long longOf(int bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new IllegalArgumentException("a number is longer than the rest of the pickle");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            long b = i == bytes - 1 ? in.get() : Byte.toUnsignedInt(in.get());
            value |= i < 8 ? b << 8 * i : 0;
        }
        return value;
    }

    private String text(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a string is longer than the rest of the pickle");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (byte b = in.get(); b != '\n'; b = in.get()) {
            line.append((char) b);
        }
        return line.toString();
    }
}
