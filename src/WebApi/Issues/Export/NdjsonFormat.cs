using System.Buffers;
using AutoMapper;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Issues.Export;

internal sealed class NdjsonFormat(IOptions<JsonOptions> json, IMapper mapper) : IExportFormat
{
    public const string MediaType = "application/x-ndjson";

    public string ContentType => MediaType;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<OrderIssue> issues)
    {
        var line = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = json.Value.JsonSerializerOptions.Encoder });
        await foreach (var issue in issues)
        {
            line.ResetWrittenCount();
            writer.Reset();
            JsonSerializer.Serialize(writer, mapper.Map<IssueModel>(issue), json.Value.JsonSerializerOptions);
            line.Write("\n"u8);
            yield return line.WrittenMemory;
        }
    }
}
