package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.s3.ListedObject;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.flow.PackedRows;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.s3.FetchFailures;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the keys of names one by one, some dozens at once in each bucket.
 *
 * <p>The answer to a HEAD doesn't tell whether the bucket itself is missing. So the first time that
 * a worker finds no object, it looks for the bucket too. A key that is refused fails the name, for
 * the keys that are there may be allowed; the run aborts if a worker has met nothing but refusals.
 */
final class LookForObjects
    extends PTransform<PCollection<KV<Integer, PackedRows>>, PCollection<Outcome>> {

  private static final long serialVersionUID = 1L;

  /** Names of one bucket that are asked for at once. */
  static final int IN_FLIGHT = 32;

  /** Amazon S3 API Reference, HeadObject: 403 in place of 404 without s3:ListBucket. */
  private static final String MAY_BE_MISSING =
      ". Where the credentials may not list the bucket (s3:ListBucket), an object that is not there"
          + " gives the same answer.";

  private final MatchRules rules;
  private final S3Settings s3;
  private final TableOrder order;

  LookForObjects(MatchRules rules, S3Settings s3, TableOrder order) {
    this.rules = rules;
    this.s3 = s3;
    this.order = order;
  }

  @Override
  public PCollection<Outcome> expand(PCollection<KV<Integer, PackedRows>> names) {
    return names
        .apply("Lanes", GroupByKey.create())
        .apply("Look", ParDo.of(new LookFn(rules, s3, order)));
  }

  /** A name, and the answers about its keys. */
  private record Question(
      NamesOfBucket.Entry entry, List<CompletableFuture<Optional<ListedObject>>> answers) {}

  private static final class LookFn extends DoFn<KV<Integer, Iterable<PackedRows>>, Outcome> {

    private static final long serialVersionUID = 1L;

    private final MatchRules rules;
    private final S3Settings s3;
    private final TableOrder order;
    private final Counter requests = MatchCounters.of(MatchCounters.REQUESTS);
    private final Counter matched = MatchCounters.of(MatchCounters.MATCHED);
    private transient Shared.@Nullable Lease<LookSession> session;

    LookFn(MatchRules rules, S3Settings s3, TableOrder order) {
      this.rules = rules;
      this.s3 = s3;
      this.order = order;
    }

    @Setup
    public void open() throws IOException {
      session = LookSession.lease(rules, s3);
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<PackedRows>> bucket, OutputReceiver<Outcome> out)
        throws IOException {
      NamesOfBucket names = new NamesOfBucket(rules, order);
      bucket.getValue().forEach(pack -> pack.decoded(RowCoders.NAME).forEach(names::add));
      Queue<Question> open = new ArrayDeque<>();
      try {
        for (NamesOfBucket.Entry entry : names.entries()) {
          if (open.size() >= IN_FLIGHT) {
            answered(open.remove(), out);
          }
          open.add(ask(entry));
        }
        while (!open.isEmpty()) {
          answered(open.remove(), out);
        }
      } finally {
        open.forEach(question -> question.answers().forEach(answer -> answer.cancel(true)));
      }
      names.unusable().forEach(out::output);
    }

    private Question ask(NamesOfBucket.Entry entry) {
      List<CompletableFuture<Optional<ListedObject>>> answers = new ArrayList<>();
      for (String key : entry.wanted().keys()) {
        requests.inc();
        answers.add(session().lister().look(rules.bucket(), key));
      }
      return new Question(entry, answers);
    }

    private void answered(Question question, OutputReceiver<Outcome> out) throws IOException {
      NameMatch match = new NameMatch(rules);
      match.want(question.entry().wanted());
      FetchException failure = null;
      for (CompletableFuture<Optional<ListedObject>> answer : question.answers()) {
        try {
          answer.get().ifPresent(match::offer);
          session().answered();
        } catch (ExecutionException e) {
          failure = worse(failure, FetchException.of(rules.bucket(), e));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while looking for objects");
        }
      }
      MatchedItems items = new MatchedItems(rules);
      MergedName name = question.entry().merged();
      Optional<Candidates> found = match.best(question.entry().wanted());
      if (failure != null && (found.isEmpty() || !isRefusal(failure))) {
        out.output(unanswered(items, name, failure));
      } else if (found.isPresent()) {
        matched.inc();
        items.found(name, found.get()).forEach(out::output);
      } else {
        requests.inc(session().lookForBucket());
        out.output(items.missing(name));
      }
    }

    /** A refusal of one of a name's keys matters only if nothing else is amiss. */
    private static FetchException worse(@Nullable FetchException one, FetchException other) {
      return one == null || isRefusal(one) ? other : one;
    }

    private static boolean isRefusal(FetchException failure) {
      return failure.reason() == FetchException.Reason.DENIED;
    }

    private Outcome unanswered(MatchedItems items, MergedName name, FetchException e)
        throws IOException {
      session().unanswered(e);
      if (e.reason() == FetchException.Reason.UNREACHABLE) {
        requests.inc(session().lookForBucket());
      }
      String message = e.getMessage() + (isRefusal(e) ? MAY_BE_MISSING : "");
      return FailureLog.told(
          items.unanswered(name, FetchFailures.classOf(e.reason()), message, e.attempts()), e);
    }

    private LookSession session() {
      if (session == null) {
        throw new IllegalStateException("used before @Setup");
      }
      return session.get();
    }

    @Teardown
    public void close() throws IOException {
      if (session != null) {
        session.close();
      }
    }
  }
}
