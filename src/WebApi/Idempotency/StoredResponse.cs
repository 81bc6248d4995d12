using System.IO.Compression;
using System.Text.Json;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>
/// An answer that retries get again. Kept as a line of JSON that has what goes before the body, and the body, compressed together, since that of a large
/// issue has some MiB.
/// </summary>
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

    /// <param name="result">What the operation gave.</param>
    /// <param name="etag">The entity tag that goes with it.</param>
    /// <param name="options">How bodies are written.</param>
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
