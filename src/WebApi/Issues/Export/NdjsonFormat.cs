using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OrderIssues.WebApi.Issues.Responses;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>An issue a line, in the JSON that it is read in one by one.</summary>
internal sealed class NdjsonFormat(IOptions<JsonOptions> json) : IExportFormat
{
    public const string MediaType = "application/x-ndjson";

    public string ContentType => MediaType;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<IssueBody> issues)
    {
        await foreach (var issue in issues)
        {
            yield return (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(issue, json.Value.JsonSerializerOptions), (byte)'\n'];
        }
    }
}
