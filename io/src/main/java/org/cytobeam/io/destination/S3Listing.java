package org.cytobeam.io.destination;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists keys page by page; what a server lists twice counts once. */
final class S3Listing {

  private final S3Calls calls;

  S3Listing(S3Calls calls) {
    this.calls = calls;
  }

  /** Returns the sorted paths of all files below a folder. */
  List<String> filesBelow(FilePath folder) throws IOException {
    TreeSet<String> paths = new TreeSet<>();
    eachPage(
        ListObjectsV2Request.builder().prefix(calls.where().keysIn(folder)),
        page -> page.contents().forEach(object -> paths.add(calls.where().path(object.key()))));
    paths.removeIf(path -> !FilePath.isPath(path) || FilePath.of(path).isInternal());
    return List.copyOf(paths);
  }

  /** Returns the sorted names of the folders in a folder. */
  List<String> foldersIn(FilePath folder) throws IOException {
    String prefix = calls.where().keysIn(folder);
    TreeSet<String> names = new TreeSet<>();
    eachPage(
        ListObjectsV2Request.builder().prefix(prefix).delimiter("/"),
        page ->
            page.commonPrefixes()
                .forEach(
                    common -> {
                      String key = common.prefix();
                      names.add(key.substring(prefix.length(), key.length() - 1));
                    }));
    return List.copyOf(names);
  }

  private void eachPage(
      ListObjectsV2Request.Builder request, Consumer<ListObjectsV2Response> action)
      throws IOException {
    request.bucket(calls.where().bucket());
    String next = null;
    do {
      ListObjectsV2Response page = page(request, next);
      action.accept(page);
      next = page.nextContinuationToken();
    } while (next != null);
  }

  private ListObjectsV2Response page(ListObjectsV2Request.Builder request, @Nullable String token)
      throws IOException {
    ListObjectsV2Request wanted = request.continuationToken(token).build();
    return calls.call(wanted.prefix(), s3 -> s3.listObjectsV2(wanted));
  }
}
