using System.Text.Json.Serialization;
using OrderIssues.Infrastructure.TicketSystems;

namespace OrderIssues.Infrastructure.Freshdesk;

/// <summary>Ticket as Freshdesk writes it (https://developers.freshdesk.com/api/#tickets).</summary>
/// <remarks>All but the id may be absent, null or malformed.</remarks>
internal sealed record FreshdeskTicket
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new FlagConverter(),
            new LenientConverter<string>(),
            new LenientConverter<int?>(),
            new LenientConverter<long?>(),
            new LenientConverter<DateTimeOffset?>(),
            new LenientConverter<IReadOnlyList<string?>>(),
        },
    };

    public required long Id { get; init; }
    public string? Subject { get; init; }
    public long? ProductId { get; init; }
    public int? Status { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public string? Type { get; init; }
    public int? Priority { get; init; }
    public IReadOnlyList<string?>? Tags { get; init; }
    public Person? Requester { get; init; }
    public JsonElement CustomFields { get; init; }
    public bool Spam { get; init; }
    public bool Deleted { get; init; }
    public bool Archived { get; init; }

    /// <summary>Converts all but the status text and order.</summary>
    public Ticket ToTicket() => new()
    {
        TicketId = Id.ToString(CultureInfo.InvariantCulture),
        Id = Id,
        Subject = Subject,
        ProductId = ProductId,
        Status = Status,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Type = Type,
        Priority = Priority,
        Tags = Tags?.OfType<string>().ToList(),
        RequesterName = Requester?.Name,
        RequesterEmail = Requester?.Email,
        Spam = Spam ? true : null,
        Archived = Archived ? true : null,
    };

    internal sealed record Person(string? Name, string? Email);

    /// <summary>Reads true, also as text; anything else is false.</summary>
    private sealed class FlagConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader).GetRawText().Trim('"').Equals("true", StringComparison.OrdinalIgnoreCase);

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
