using System.Text;
using System.Text.Json.Nodes;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>A body with everything in it, after values and bytes of it were replaced.</summary>
internal sealed record FuzzBody(
    DescribedOperation Operation, IReadOnlyList<FuzzBody.Replacement> Values, IReadOnlyList<FuzzBody.Damage> Bytes)
{
    private const string Placeholder = "@value@";

    public byte[] Body
    {
        get
        {
            JsonNode body = new JsonArray(Operation.FullExample);
            foreach (var (place, key, _) in Values)
            {
                var places = PlacesIn(body).ToList();
                var (parent, name) = places[place % places.Count];
                if (parent is JsonArray array)
                {
                    array[(int)name] = Placeholder;
                }
                else
                {
                    parent[key ?? (string)name] = Placeholder;
                }
            }

            var around = body.ToJsonString()[1..^1].Split($"\"{Placeholder}\"");
            var json = string.Concat(around.Select((text, i) => i == 0 ? text : Values[i - 1].Json + text));
            return Bytes.Aggregate(Encoding.UTF8.GetBytes(json), (bytes, damage) => damage.To(bytes));
        }
    }

    public override string ToString() => $"{Operation}: {Convert.ToHexString(Body)} ({Encoding.UTF8.GetString(Body)})";

    private static IEnumerable<(JsonNode Parent, object Name)> PlacesIn(JsonNode node)
    {
        var children = node is JsonArray array
            ? array.Select((child, i) => ((object)i, child))
            : node is JsonObject members ? members.Select(member => ((object)member.Key, member.Value)) : [];
        return children.SelectMany(child => PlacesIn(child.Item2!).Prepend((node, child.Item1)));
    }

    /// <summary>At the so-many-eth place, this JSON; under another key if there is one.</summary>
    internal sealed record Replacement(int Place, string? Key, string Json);

    /// <summary>At a place, so many bytes give way to others.</summary>
    internal sealed record Damage(int Place, int Gone, byte[] New)
    {
        public byte[] To(byte[] bytes)
        {
            var start = Place % (bytes.Length + 1);
            return [.. bytes[..start], .. New, .. bytes[Math.Min(start + Gone, bytes.Length)..]];
        }
    }
}

/// <summary>A path and a query.</summary>
internal sealed record FuzzTarget(DescribedOperation Operation, string Segment, string Query)
{
    public override string ToString() => $"{Operation}: {Operation.PathTo(Segment)}{Query}";
}
