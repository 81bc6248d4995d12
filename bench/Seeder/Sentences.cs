namespace OrderIssues.Seeder;

/// <summary>What people write about parcels. Bogus fills in what stands in braces.</summary>
internal static class Sentences
{
    public static readonly string[] OfNotes =
    [
        "Customer received {{commerce.productName}} instead of {{commerce.productName}}.",
        "Customer says one {{commerce.product}} is missing from the box, the packing slip lists {{randomizer.number(2,6)}}.",
        "The {{commerce.color}} {{commerce.product}} arrived with a cracked corner.",
        "Box was open on arrival and the tape was cut, {{commerce.product}} gone.",
        "Tracking says delivered in {{address.city}}, customer says nothing arrived.",
        "Parcel stuck in the depot in {{address.city}} since {{date.weekday}}.",
        "Carrier returned the parcel to us because the address was incomplete.",
        "The label was for another order, shipped to {{address.city}} by mistake.",
        "Customer ordered size {{randomizer.number(4,13)}} and got size {{randomizer.number(4,13)}}.",
        "Photo attached to the ticket shows a broken {{commerce.productMaterial}} part.",
        "Asks for a refund of {{finance.amount(5,120)}} rather than a replacement.",
        "Wants a replacement before {{date.weekday}}, it is a birthday present.",
        "Second complaint about the {{commerce.productName}} this month.",
        "Wrong colour: ordered {{commerce.color}}, received {{commerce.color}}.",
        "Quantity in the box was {{randomizer.number(2,9)}} too few.",
        "Bottle leaked and soaked the other items, everything has to be replaced.",
        "Customer was charged twice and wants {{finance.amount(5,120)}} back.",
        "Marketplace claim opened, we have {{randomizer.number(24,72)}} hours to answer.",
        "Scanner log shows the item was picked from the bin next to the right one.",
        "Two orders were swapped at the packing table, the other customer lives in {{address.city}}.",
        "Parcel was left with a neighbour at {{address.streetAddress}}, who denies it.",
        "Missing manual and screws for the {{commerce.product}}.",
        "Battery of the {{commerce.product}} does not charge.",
        "Customer moved to {{address.streetAddress}}, {{address.city}}, and the parcel went to the old address.",
    ];

    public static readonly string[] OfMessages =
    [
        "Replacement order shipped.",
        "Replacement {{commerce.productName}} goes out on {{date.weekday}}.",
        "Refunded {{finance.amount(5,120)}} to the customer's card.",
        "Partial refund of {{finance.amount(3,30)}} offered, waiting for the answer.",
        "Customer confirmed they received the replacement.",
        "Customer sent {{randomizer.number(2,5)}} photos of the damage, see the ticket.",
        "Asked the customer for a photo of the label and of the outer box.",
        "Carrier opened an investigation, case {{randomizer.number(100000,999999)}}.",
        "Called the depot in {{address.city}}, they search until {{date.weekday}}.",
        "Checked the camera at packing table {{randomizer.number(1,24)}}: the item was left out.",
        "Stock count of the bin is off by {{randomizer.number(1,6)}}, so it was most likely picked wrong.",
        "Spoke with the picker, the two SKUs lie side by side and look the same.",
        "Return label sent by e-mail, valid for {{randomizer.number(14,30)}} days.",
        "The return arrived today in good condition, refund can go out.",
        "No answer from the customer for {{randomizer.number(3,10)}} days, sent a reminder.",
        "Customer keeps the {{commerce.product}} with a discount of {{randomizer.number(10,50)}} per cent.",
        "Claim at the marketplace won, nothing to refund.",
        "Lost in transit according to the carrier, claim filed for {{finance.amount(10,150)}}.",
        "The {{commerce.color}} one is out of stock until next month, offered {{commerce.color}} instead.",
        "Told the warehouse lead in the morning meeting.",
        "Address corrected to {{address.streetAddress}}, {{address.city}}, and shipped again.",
        "Customer is happy with the solution and will change the review.",
    ];
}
