import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/** Nexmark generator after Beam / nexmark-flink: 1 person, 3 auctions, 46 bids per 50 events; deterministic by seed. */
public final class NexmarkEvents {
  static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};
  static final String[] CITIES = {"Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"};
  static final String[] FIRST = {"Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"};
  static final String[] LAST = {"Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"};
  static final String[] HOT_CH = {"Google", "Facebook", "Baidu", "Apple"};
  static final int FIRST_ID = 1000, IN_FLIGHT = 100, ACTIVE = 1000;

  final SplittableRandom r;
  final long baseMicros, stepMicros;
  final long oooMs;
  final byte[] buf = new byte[8192];
  int p;
  long ts; // event time of the last event, ms

  public NexmarkEvents(long seed, long baseMs, long stepMicros, long oooMs) {
    r = new SplittableRandom(seed);
    this.baseMicros = baseMs * 1000;
    this.stepMicros = stepMicros;
    this.oooMs = oooMs;
  }

  static long lastPerson(long e) { return e / 50; }

  static long lastAuction(long e) {
    long epoch = e / 50, off = e % 50;
    if (off < 1) { epoch--; off = 2; } else if (off >= 4) off = 2; else off -= 1;
    return epoch * 3 + off;
  }

  long nextPersonId(long e) {
    long num = lastPerson(e) + 1, active = Math.min(num, ACTIVE);
    return num - active + r.nextLong(active + 10);
  }

  long nextAuctionId(long e) {
    long max = Math.max(lastAuction(e), 0), min = Math.max(max - IN_FLIGHT, 0);
    return min + r.nextLong(max - min + 1 + 10);
  }

  long price() { return Math.round(Math.pow(10.0, r.nextDouble() * 6.0) * 100.0); }

  void s(String x) { int n = x.length(); x.getBytes(0, n, buf, p); p += n; }

  void n(long v) {
    if (v == 0) { buf[p++] = '0'; return; }
    int len = 0; long t = v;
    while (t > 0) { len++; t /= 10; }
    for (int i = p + len - 1; v > 0; v /= 10) buf[i--] = (byte) ('0' + v % 10);
    p += len;
  }

  void exact(int len) {
    int i = 0;
    while (i < len) {
      long x = r.nextLong() & Long.MAX_VALUE;
      for (int k = 0; k < 12 && i < len; k++, i++) { buf[p++] = (byte) ('a' + (x % 26)); x /= 26; }
    }
  }

  void str(int max) {
    int len = 3 + r.nextInt(max - 3);
    int start = p;
    exact(len);
    for (int i = start + 1; i < p - 1; i++) if (r.nextInt(13) == 0) buf[i] = ' ';
  }

  void extra(int current, int desired) {
    if (current > desired) return;
    desired -= current;
    int delta = (int) Math.round(desired * 0.2);
    exact(desired - delta + (delta == 0 ? 0 : r.nextInt(2 * delta)));
  }

  static final DateTimeFormatter F = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  long cachedSec = -1; String cached;

  void time(long ms) {
    long sec = ms / 1000;
    if (sec == cachedSec) s(cached);
    else { String x = F.format(Instant.ofEpochSecond(sec)); if (ms == ts) { cachedSec = sec; cached = x; } s(x); }
    int m = (int) (ms % 1000);
    buf[p++] = '.'; buf[p++] = (byte) ('0' + m / 100); buf[p++] = (byte) ('0' + m / 10 % 10); buf[p++] = (byte) ('0' + m % 10);
  }

  /** Encodes event number e to buf[0..return). */
  public int next(long e) {
    long t = (baseMicros + e * stepMicros) / 1000;
    if (oooMs > 0) t -= r.nextLong(oooMs);
    return next(e, t);
  }

  public int next(long e, long eventTimeMs) {
    p = 0; ts = eventTimeMs;
    int off = (int) (e % 50);
    if (off < 1) {
      s("{\"event_type\":0,\"person\":{\"id\":"); n(lastPerson(e) + FIRST_ID);
      String f = FIRST[r.nextInt(FIRST.length)], l = LAST[r.nextInt(LAST.length)];
      s(",\"name\":\""); s(f); s(" "); s(l);
      s("\",\"emailAddress\":\""); int a = p; exact(3 + r.nextInt(4)); s("@"); exact(3 + r.nextInt(2)); s(".com"); int el = p - a;
      s("\",\"creditCard\":\"");
      for (int i = 0; i < 4; i++) { int q = r.nextInt(10000); if (i > 0) s(" "); buf[p++] = (byte) ('0' + q / 1000); buf[p++] = (byte) ('0' + q / 100 % 10); buf[p++] = (byte) ('0' + q / 10 % 10); buf[p++] = (byte) ('0' + q % 10); }
      String c = CITIES[r.nextInt(CITIES.length)], st = STATES[r.nextInt(STATES.length)];
      s("\",\"city\":\""); s(c); s("\",\"state\":\""); s(st);
      s("\",\"dateTime\":\""); time(ts);
      s("\",\"extra\":\""); extra(8 + f.length() + l.length() + 1 + el + 19 + c.length() + st.length() + 8, 200);
      s("\"},\"auction\":null,\"bid\":null}");
    } else if (off < 4) {
      s("{\"event_type\":1,\"person\":null,\"auction\":{\"id\":"); n(lastAuction(e) + FIRST_ID);
      s(",\"itemName\":\""); int a = p; str(20); int nl = p - a;
      s("\",\"description\":\""); a = p; str(100); int dl = p - a;
      long ib = price();
      s("\",\"initialBid\":"); n(ib); s(",\"reserve\":"); n(ib + price());
      s(",\"dateTime\":\""); time(ts);
      long horizon = IN_FLIGHT * 50L / 3 * stepMicros / 1000;
      s("\",\"expires\":\""); time(ts + 1 + r.nextLong(Math.max(horizon * 2, 1)));
      long seller = r.nextInt(4) > 0 ? lastPerson(e) / 100 * 100 : nextPersonId(e);
      s("\",\"seller\":"); n(seller + FIRST_ID); s(",\"category\":"); n(10 + r.nextInt(5));
      s(",\"extra\":\""); extra(8 + nl + dl + 8 * 6, 500);
      s("\"},\"bid\":null}");
    } else {
      s("{\"event_type\":2,\"person\":null,\"auction\":null,\"bid\":{\"auction\":");
      long auction = r.nextInt(2) > 0 ? Math.max(lastAuction(e), 0) / 100 * 100 : nextAuctionId(e);
      long bidder = r.nextInt(4) > 0 ? lastPerson(e) / 100 * 100 + 1 : nextPersonId(e);
      n(auction + FIRST_ID); s(",\"bidder\":"); n(bidder + FIRST_ID); s(",\"price\":"); n(price());
      if (r.nextInt(2) > 0) {
        String ch = HOT_CH[r.nextInt(4)];
        s(",\"channel\":\""); s(ch); s("\",\"url\":\"https://www.nexmark.com/"); s(ch.toLowerCase()); s("/item.htm?query=1");
      } else {
        int c = r.nextInt(10000);
        s(",\"channel\":\"channel-"); n(c); s("\",\"url\":\"https://www.nexmark.com/");
        exact(5); s("/"); exact(5); s("/"); exact(5); s("/item.htm?query=1&channel_id="); n(Integer.reverse(c) & 0x7fffffff);
      }
      s("\",\"dateTime\":\""); time(ts);
      s("\",\"extra\":\""); extra(32, 100);
      s("\"}}");
    }
    return p;
  }

  public static final long BASE_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
}
