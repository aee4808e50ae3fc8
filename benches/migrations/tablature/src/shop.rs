//! Ten tables that have come about in fifty migrations.

use tablature::Table;

#[derive(Table)]
#[table(name = "accounts", index(email), index(name, rank desc))]
pub(crate) struct Account {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "addresses", index(email), index(name, rank desc))]
pub(crate) struct Address {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "invoices", index(email), index(name, rank desc))]
pub(crate) struct Invoice {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "items", index(email), index(name, rank desc))]
pub(crate) struct Item {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "orders", index(email), index(name, rank desc))]
pub(crate) struct Order {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "payments", index(email), index(name, rank desc))]
pub(crate) struct Payment {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "products", index(email), index(name, rank desc))]
pub(crate) struct Product {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "reviews", index(email), index(name, rank desc))]
pub(crate) struct Review {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "shipments", index(email), index(name, rank desc))]
pub(crate) struct Shipment {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

#[derive(Table)]
#[table(name = "suppliers", index(email), index(name, rank desc))]
pub(crate) struct Supplier {
    #[column(primary_key)]
    id: i64,
    #[column(collate = nocase)]
    name: String,
    note: Option<String>,
    email: Option<String>,
    #[column(default = 0)]
    rank: i64,
}

tablature::schema! {
    #[schema(migrations = "migrations")]
    pub(crate) static SHOP = [Account, Address, Invoice, Item, Order, Payment, Product, Review, Shipment, Supplier];
}
