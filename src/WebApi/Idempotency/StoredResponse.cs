using System.IO.Compression;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>Response for retries.</summary>
// Compressed, since a large issue has some MiB: a line of JSON with status and headers, then the body.
internal sealed class StoredResponse : ActionResult
{
    private const byte EndOfHead = (byte)'\n';
    private readonly Head head;
    private readonly ReadOnlyMemory<byte> body;
    private readonly bool isReplay;

    private StoredResponse(Head head, ReadOnlyMemory<byte> body, bool isReplay)
    {
        this.head = head;
        this.body = body;
        this.isReplay = isReplay;
    }

    public static byte[] Pack(ObjectResult result, string? etag, JsonSerializerOptions options)
    {
        var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            var head = new Head(result.StatusCode ?? StatusCodes.Status200OK, (result as CreatedResult)?.Location, etag);
            JsonSerializer.Serialize(compressed, head);
            compressed.WriteByte(EndOfHead);
            JsonSerializer.Serialize(compressed, result.Value, options);
        }

        return packed.ToArray();
    }

    public static StoredResponse Unpack(byte[] packed, bool isReplay)
    {
        var unpacked = new MemoryStream();
        using (var compressed = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            compressed.CopyTo(unpacked);
        }

        var all = unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
        var end = all.Span.IndexOf(EndOfHead);
        return new(JsonSerializer.Deserialize<Head>(all.Span[..end])!, all[(end + 1)..], isReplay);
    }

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = head.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Location = head.Location;
        response.Headers.ETag = head.ETag;
        if (isReplay)
        {
            response.Headers[IdempotencyHeaders.Replayed] = "true";
        }

        await response.Body.WriteAsync(body, context.HttpContext.RequestAborted);
    }

    private sealed record Head(int Status, string? Location, string? ETag);
}
