using System.IO.Compression;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>Response for retries: status and headers, and the body unless it is large.</summary>
// Compressed: a line of JSON, then the body.
internal sealed class StoredResponse(StoredResponse.ResponseHead head, ReadOnlyMemory<byte> body)
{
    // Else a message of 40 bytes to a large issue would keep some MiB. A body without an issue can't be made again, so it is kept.
    private const int MaxBodyBytes = 64 * 1024;
    private const byte EndOfHead = (byte)'\n';

    public ResponseHead Head => head;

    /// <summary>Body; empty for a large one, which isn't kept, and where none was wanted.</summary>
    public ReadOnlyMemory<byte> Body => body;

    public static byte[] Pack(ObjectResult result, byte[] body, string? etag, string? location)
    {
        var head = new ResponseHead(
            result.StatusCode ?? StatusCodes.Status200OK,
            location,
            etag,
            (result.Value as IssueResponse)?.Data.IssueId);
        return Pack(head, body.Length <= MaxBodyBytes || head.IssueId is null ? body : []);
    }

    private static byte[] Pack(ResponseHead head, byte[] body)
    {
        var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressed, head);
            compressed.WriteByte(EndOfHead);
            compressed.Write(body);
        }

        return packed.ToArray();
    }

    public static StoredResponse Unpack(byte[] packed)
    {
        var unpacked = new MemoryStream();
        using (var compressed = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            compressed.CopyTo(unpacked);
        }

        var all = unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
        var end = all.Span.IndexOf(EndOfHead);
        return new(JsonSerializer.Deserialize<ResponseHead>(all.Span[..end])!, all[(end + 1)..]);
    }

    /// <summary>Form that the service gives to remembered responses.</summary>
    internal sealed class Format : IResponseFormat
    {
        public string? IssueIdOf(byte[] response) => Unpack(response).Head.IssueId;

        public byte[] WithoutBody(byte[] response) => Pack(Unpack(response).Head, []);
    }

    /// <param name="Status">Status of the response.</param>
    /// <param name="Location">Path of a new issue.</param>
    /// <param name="ETag">Tag of the body that is kept.</param>
    /// <param name="IssueId">Issue in the body; null for another body, and in responses that earlier releases stored.</param>
    internal sealed record ResponseHead(int Status, string? Location, string? ETag, string? IssueId);
}
