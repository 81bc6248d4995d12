using System.Globalization;
using OrderIssues.Soak;
using OrderIssues.Soak.Audits;
using OrderIssues.Soak.Calls;
using OrderIssues.Soak.Faults;
using OrderIssues.TestCommon;

// Soak <WebApi.dll> <folder for logs> <seconds> <folder for the store, or URI of a MongoDB database>: works on two instances of the service
// while they are killed, restarted and cut off, and then compares what was acknowledged with what is there. Prints a table; fails where it
// differs.
var (program, folder, seconds) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]), int.Parse(args[2], CultureInfo.InvariantCulture));
var uri = args[3].StartsWith("mongodb", StringComparison.Ordinal) ? args[3] : null;
var disk = uri is null ? Path.GetFullPath(args[3]) : null;
const int Callers = 8;
const int CallersOfTicket = 4;
const int ReceiverPort = 5193;
const int TicketPort = 5194;
var faultTime = TimeSpan.FromSeconds(Math.Min(3, seconds / 4.0));

using var link = uri is null ? null : new TcpProxy(uri);
var trusted = $"{folder}/tickets.pem";
using var certificate = TicketSystems.MakeCertificate(trusted);
await using var tickets = new TicketSystems(TicketPort, certificate);
await using var receiver = new Receiver(ReceiverPort);
await tickets.StartAsync();
await receiver.StartAsync();
var settings = new Dictionary<string, string>(tickets.Settings)
{
    ["Auth__AllowAnonymous"] = "true",
    ["RateLimit__PermitsPerMinute"] = "0",
    ["Webhooks__AllowedHosts"] = "127.0.0.1",
    ["Webhooks__0__Name"] = "soak",
    ["Webhooks__0__Url"] = $"http://127.0.0.1:{ReceiverPort}/",
    ["Webhooks__0__Secret"] = $"whsec_{Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))}",
    [link is null ? "ConnectionStrings__Sqlite" : "ConnectionStrings__MongoDb"] = link?.Uri ?? $"Data Source={disk}/order-issues.db",
    ["SSL_CERT_FILE"] = trusted,
};
using var first = new Instance(program, "http://127.0.0.1:5191", settings, $"{folder}/5191");
using var second = new Instance(program, "http://127.0.0.1:5192", settings, $"{folder}/5192");
Instance[] instances = [first, second];
foreach (var instance in instances)
{
    instance.Start();
    await instance.UntilReadyAsync();
}

// A new webhook gets the events that come once it follows the log.
await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
var journal = new Journal();
using var http = new HttpClient { BaseAddress = first.Address, Timeout = TimeSpan.FromSeconds(40) };
using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
using var followed = new CancellationTokenSource();
var stream = new StreamAudit(instances);
var following = stream.FollowAsync(followed.Token);
var ticketsNamed = 0;
var sender = new Sender(http, instances, journal);
int NextTicket() => Interlocked.Increment(ref ticketsNamed) / CallersOfTicket;
var working = Enumerable.Range(0, Callers)
    .Select(number => new Caller($"soak{number}", sender, journal, NextTicket).WorkAsync(end.Token))
    .ToList();
var faults = new FaultSchedule(instances, receiver, tickets, link, disk, faultTime);
await faults.RunAsync(end.Token);
await Task.WhenAll(working);
foreach (var instance in instances)
{
    await instance.UntilReadyAsync();
}

var issues = new IssueAudit(http, journal);
await issues.RunAsync();
var events = new EventAudit(http, journal, stream, receiver);
await events.RunAsync();
await followed.CancelAsync();
await following;
Console.WriteLine($"{seconds} s on {(uri is null ? "SQLite" : "MongoDB")}, two instances, {Callers} callers. Faults: {faults}.");
return Report.Print(journal, issues, events, stream) ? 0 : 1;
