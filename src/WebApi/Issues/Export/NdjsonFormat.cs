using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>An issue a line, in the JSON that it is read in one by one.</summary>
internal sealed class NdjsonFormat(IOptions<JsonOptions> json) : IExportFormat
{
    public const string MediaType = "application/x-ndjson";

    public string ContentType => MediaType;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<IssueModel> issues)
    {
        var line = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = json.Value.JsonSerializerOptions.Encoder });
        await foreach (var issue in issues)
        {
            line.ResetWrittenCount();
            writer.Reset();
            JsonSerializer.Serialize(writer, issue, json.Value.JsonSerializerOptions);
            line.Write("\n"u8);
            yield return line.WrittenMemory;
        }
    }
}
