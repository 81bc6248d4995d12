using System.Globalization;
using System.Net;
using OrderIssues.Crowd;

// Crowd <kind> <clients> <seconds> <address>: that many clients of a kind, for so long.
var (kind, clients, seconds, target) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture), new Uri(args[3]));
var service = new IPEndPoint(IPAddress.Parse(target.Host), target.Port);
using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
if (kind == "callers")
{
    var callers = new Callers(service);
    await Task.WhenAll(Enumerable.Range(0, clients).Select(i => callers.CallAsync(i, end.Token)));
    Console.WriteLine(callers);
    return;
}

var crowd = Enumerable.Range(0, clients).Select(i => new Client(i, service)).ToList();
await Task.WhenAll(crowd.Select(client => client.StayAsync(Manners.Of(kind), end.Token)));
Console.WriteLine($"{crowd.Sum(client => client.Connections)} {crowd.Sum(client => client.Ended)}");
