// Makes keys and prints where Kafka's own producer puts them: lines of {"key":"base64","murmur2":-5,"partitions":[[7,3],…]}.
//
// Arguments, each name=value: keys (how many of each length), lengths (from 0 to below it), seed, partitions (counts, commas between them).

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;

public final class KeyPartitions {
  public static void main(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    Random random = new Random(Long.parseLong(options.get("seed")));
    int[] counts = Arrays.stream(options.get("partitions").split(",")).mapToInt(Integer::parseInt).toArray();
    int lengths = Integer.parseInt(options.get("lengths"));
    int keys = Integer.parseInt(options.get("keys"));
    StringBuilder lines = new StringBuilder();
    for (int length = 0; length < lengths; length++) {
      for (int i = 0; i < keys; i++) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        lines.append(line(key, counts)).append('\n');
      }
    }
    System.out.print(lines);
  }

  private static String line(byte[] key, int[] counts) {
    String partitions =
        Arrays.stream(counts)
            .mapToObj(count -> "[" + count + "," + BuiltInPartitioner.partitionForKey(key, count) + "]")
            .collect(Collectors.joining(","));
    return String.format(
        "{\"key\":\"%s\",\"murmur2\":%d,\"partitions\":[%s]}",
        Base64.getEncoder().encodeToString(key), Utils.murmur2(key), partitions);
  }
}
