using System.Buffers;
using OrderIssues.Application.Events;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Events;

/// <summary>Makes an answer of events that are JSON already.</summary>
internal static class EventPage
{
    public static SerializedResult Of(EventList list, int limit, IEventFormat format)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, new() { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", true);
            writer.WriteStartArray("data");
            foreach (var logged in list.Events)
            {
                writer.WriteRawValue(logged.Written(format).Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("page");
            writer.WriteNumber("limit", limit);
            writer.WriteNumber("next", list.Next);
            writer.WriteNumber("oldest", list.Range.Oldest);
            writer.WriteNumber("latest", list.Range.Latest);
            writer.WriteString("epoch", list.Range.Epoch);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return new SerializedResult(new OkObjectResult(null), new ReadOnlySequence<byte>(body.WrittenMemory));
    }
}
