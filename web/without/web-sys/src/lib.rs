//! A window, of which there is none: none of these types has a value.

/// A window.
#[derive(Debug)]
pub enum Window {}
/// A document.
#[derive(Debug)]
pub enum Document {}
/// An element.
#[derive(Debug)]
pub enum Element {}
/// An element of HTML.
#[derive(Debug)]
pub enum HtmlElement {}
/// A node.
#[derive(Debug)]
pub enum Node {}

/// There is no window where the engine runs.
pub const fn window() -> Option<Window> {
    None
}

impl Window {
    /// Its document.
    pub fn document(&self) -> Option<Document> {
        match *self {}
    }
}

impl Document {
    /// Its body.
    pub fn body(&self) -> Option<HtmlElement> {
        match *self {}
    }

    /// A new element.
    pub fn create_element(&self, _name: &str) -> Result<Element, Node> {
        match *self {}
    }
}

impl Element {
    /// Its text.
    pub fn set_text_content(&self, _text: Option<&str>) {
        match *self {}
    }

    /// An attribute.
    pub fn set_attribute(&self, _name: &str, _value: &str) -> Result<(), Node> {
        match *self {}
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        match element {}
    }
}

impl HtmlElement {
    /// A new child.
    pub fn append_with_node_1(&self, _node: &Node) -> Result<(), Node> {
        match *self {}
    }

    /// Its height.
    pub fn offset_height(&self) -> i32 {
        match *self {}
    }

    /// Its width.
    pub fn offset_width(&self) -> i32 {
        match *self {}
    }

    /// Takes it out.
    pub fn remove(&self) {
        match *self {}
    }
}
